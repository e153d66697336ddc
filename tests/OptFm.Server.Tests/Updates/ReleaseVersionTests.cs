using OptFm.Server.Updates;

namespace OptFm.Server.Tests.Updates;

/// <summary>Proves: versions are ordered as dpkg orders them.</summary>
public sealed class ReleaseVersionTests
{
    [Theory]
    [InlineData("1.9.0", "1.10.0")]
    [InlineData("0.9", "1.0")]
    [InlineData("1.10.0~rc1", "1.10.0")]
    [InlineData("1.10.0~rc1", "1.10.0~rc2")]
    [InlineData("1.0", "1.0.1")]
    [InlineData("1.0", "1.0a")]
    [InlineData("1.0a", "1.0+b")]
    [InlineData("1.0-1", "1.0-2")]
    [InlineData("1.0", "1.0-1")]
    [InlineData("1.99999999999999999998", "1.99999999999999999999")]
    public void The_later_release_is_newer(string older, string newer)
    {
        ReleaseVersion.Compare(older, newer).ShouldBeNegative();
        ReleaseVersion.Compare(newer, older).ShouldBePositive();
    }

    [Theory]
    [InlineData("1.2.0", "1.2.0")]
    [InlineData("1.02", "1.2")]
    [InlineData("1.0", "1.0-0")]
    public void The_same_is_the_same(string left, string right) => ReleaseVersion.Compare(left, right).ShouldBe(0);
}

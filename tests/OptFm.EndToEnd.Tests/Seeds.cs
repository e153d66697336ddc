using System.Globalization;

namespace OptFm.EndToEnd.Tests;

/// <summary>Where a test's randomness begins: printed, and set by <c>OPTFM_TEST_SEED</c> to repeat a run.</summary>
internal static class Seeds
{
    public static int Next(ITestOutputHelper output)
    {
        var given = Environment.GetEnvironmentVariable("OPTFM_TEST_SEED");
        var seed = given is null ? Environment.TickCount & int.MaxValue : int.Parse(given, CultureInfo.InvariantCulture);
        output.WriteLine($"OPTFM_TEST_SEED={seed}");
        return seed;
    }
}

using System.Net;

namespace OptFm.Server.Setup.Steps;

/// <summary>The running server, asked directly.</summary>
internal static class LocalServer
{
    public static HttpClient Client(SetupContext setup) => new() { BaseAddress = new Uri($"http://{Address(setup)}") };

    /// <summary>Where it is reached from this machine: "everywhere" is where to listen, not whom to ask.</summary>
    public static IPEndPoint Address(SetupContext setup)
    {
        var options = setup.Loaded.Settings.Http;
        var address = options.Address;
        if (address.Equals(IPAddress.Any)) address = IPAddress.Loopback;
        if (address.Equals(IPAddress.IPv6Any)) address = IPAddress.IPv6Loopback;
        return new IPEndPoint(address, options.ListenPort);
    }
}

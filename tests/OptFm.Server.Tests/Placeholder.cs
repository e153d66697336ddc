namespace OptFm.Server.Tests;

namespace OptFm.EndToEnd.Tests;

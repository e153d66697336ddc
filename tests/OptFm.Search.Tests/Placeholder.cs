namespace OptFm.Search.Tests;

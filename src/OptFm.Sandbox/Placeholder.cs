namespace OptFm.Sandbox;

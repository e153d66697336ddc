namespace OptFm.Search;

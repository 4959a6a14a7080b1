const char *x(void) { return asset_url("app.js"); }

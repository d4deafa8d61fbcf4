// The module's real files replace this one.

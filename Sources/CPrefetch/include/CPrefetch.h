#pragma once

/// Asks the processor to fetch the line of memory at `address`, which will be read soon. Nothing waits for it; any address will do.
static inline void prefetch_line(const void *address) { __builtin_prefetch(address, 0, 3); }

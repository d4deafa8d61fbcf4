#ifndef CGZIP_H
#define CGZIP_H

#include <stddef.h>
#include <stdint.h>

/// A gzip stream that is being read.
typedef struct cgzip cgzip;

/// Loads zlib. NULL, or why it cannot be had.
const char *cgzip_load(void);

/// A new stream; NULL without memory. Only after cgzip_load() has succeeded.
cgzip *cgzip_open(void);

void cgzip_close(cgzip *stream);

enum { cgzip_more, cgzip_member_ended, cgzip_damaged };

/// Reads on from `in`, of which `*taken` bytes are used, and writes `*made` bytes, at most `room`, to `out`. After a member has
/// ended the next call begins another.
int cgzip_read(cgzip *stream, const uint8_t *in, size_t count, size_t *taken, uint8_t *out, size_t room, size_t *made);

#endif

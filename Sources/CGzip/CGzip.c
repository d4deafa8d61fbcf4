#include "CGzip.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

// zlib is loaded when the first compressed file is read, so that the program starts without it.
static struct {
  __typeof__(inflateInit2_) *init;
  __typeof__(inflate) *inflate;
  __typeof__(inflateReset) *reset;
  __typeof__(inflateEnd) *end;
} zlib;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static char problem[256];

static void load(void) {
  const char *const names[] = {"libz.so.1", "libz.1.dylib"};
  void *library = NULL;
  for (size_t i = 0; i < sizeof names / sizeof *names && library == NULL; i++) library = dlopen(names[i], RTLD_NOW);
  if (library == NULL) {
    snprintf(problem, sizeof problem, "zlib cannot be loaded: %s", dlerror());
    return;
  }
  *(void **)&zlib.init = dlsym(library, "inflateInit2_");
  *(void **)&zlib.inflate = dlsym(library, "inflate");
  *(void **)&zlib.reset = dlsym(library, "inflateReset");
  *(void **)&zlib.end = dlsym(library, "inflateEnd");
  if (zlib.init == NULL || zlib.inflate == NULL || zlib.reset == NULL || zlib.end == NULL) {
    snprintf(problem, sizeof problem, "zlib lacks a function");
  }
}

const char *cgzip_load(void) {
  pthread_once(&once, load);
  return problem[0] == 0 ? NULL : problem;
}

struct cgzip {
  z_stream state;
  int ended;
};

cgzip *cgzip_open(void) {
  cgzip *stream = calloc(1, sizeof *stream);
  // 16: a gzip header and its checksum, nothing else.
  if (stream != NULL && zlib.init(&stream->state, 16 + MAX_WBITS, ZLIB_VERSION, (int)sizeof stream->state) != Z_OK) {
    free(stream);
    return NULL;
  }
  return stream;
}

void cgzip_close(cgzip *stream) {
  zlib.end(&stream->state);
  free(stream);
}

int cgzip_read(cgzip *stream, const uint8_t *in, size_t count, size_t *taken, uint8_t *out, size_t room, size_t *made) {
  z_stream *state = &stream->state;
  if (stream->ended) zlib.reset(state);
  stream->ended = 0;
  const uInt most = (uInt)-1;
  const uInt given = count > most ? most : (uInt)count, space = room > most ? most : (uInt)room;
  state->next_in = (Bytef *)in;
  state->avail_in = given;
  state->next_out = out;
  state->avail_out = space;
  const int result = zlib.inflate(state, Z_NO_FLUSH);
  *taken = given - state->avail_in;
  *made = space - state->avail_out;
  if (result == Z_STREAM_END) {
    stream->ended = 1;
    return cgzip_member_ended;
  }
  return result == Z_OK || result == Z_BUF_ERROR ? cgzip_more : cgzip_damaged;
}

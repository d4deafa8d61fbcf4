#include "CHTTP.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>

// The type of libcurl's function of this name; it is never linked.
#define FUNCTION(name) __typeof__(curl_##name) *name

static struct {
  FUNCTION(global_init);
  FUNCTION(easy_init);
  FUNCTION(easy_cleanup);
  FUNCTION(easy_pause);
  CURLcode (*easy_setopt)(CURL *, CURLoption, ...);
  CURLcode (*easy_getinfo)(CURL *, CURLINFO, ...);
  FUNCTION(multi_init);
  FUNCTION(multi_cleanup);
  FUNCTION(multi_add_handle);
  FUNCTION(multi_remove_handle);
  FUNCTION(multi_perform);
  FUNCTION(multi_poll);
  FUNCTION(multi_wakeup);
  FUNCTION(multi_info_read);
  FUNCTION(slist_append);
  FUNCTION(slist_free_all);
} curl;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static char problem[256];

static void load(void) {
  const char *const names[] = {"libcurl.so.4", "libcurl-gnutls.so.4", "libcurl.4.dylib"};
  void *library = NULL;
  for (size_t i = 0; i < sizeof names / sizeof *names && library == NULL; i++) library = dlopen(names[i], RTLD_NOW);
  if (library == NULL) {
    snprintf(problem, sizeof problem, "libcurl cannot be loaded: %s", dlerror());
    return;
  }
#define FIND(name)                                                                                \
  if ((*(void **)&curl.name = dlsym(library, "curl_" #name)) == NULL) {                           \
    snprintf(problem, sizeof problem, "libcurl is too old: it has no curl_" #name);               \
    return;                                                                                       \
  }
  FIND(global_init)
  FIND(easy_init)
  FIND(easy_cleanup)
  FIND(easy_pause)
  FIND(easy_setopt)
  FIND(easy_getinfo)
  FIND(multi_init)
  FIND(multi_cleanup)
  FIND(multi_add_handle)
  FIND(multi_remove_handle)
  FIND(multi_perform)
  FIND(multi_poll)
  FIND(multi_wakeup)
  FIND(multi_info_read)
  FIND(slist_append)
  FIND(slist_free_all)
  if (curl.global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) snprintf(problem, sizeof problem, "libcurl cannot be used");
}

const char *chttp_load(void) {
  pthread_once(&once, load);
  return problem[0] == 0 ? NULL : problem;
}

CURL *chttp_easy_init(void) { return curl.easy_init(); }
void chttp_easy_cleanup(CURL *easy) { curl.easy_cleanup(easy); }
int chttp_resume(CURL *easy) { return (int)curl.easy_pause(easy, CURLPAUSE_CONT); }
CURLM *chttp_multi_init(void) { return curl.multi_init(); }
void chttp_multi_cleanup(CURLM *multi) { curl.multi_cleanup(multi); }
int chttp_multi_add_handle(CURLM *multi, CURL *easy) { return curl.multi_add_handle(multi, easy); }
int chttp_multi_remove_handle(CURLM *multi, CURL *easy) { return curl.multi_remove_handle(multi, easy); }
int chttp_multi_perform(CURLM *multi, int *running) { return curl.multi_perform(multi, running); }
int chttp_multi_poll(CURLM *multi, int milliseconds) { return curl.multi_poll(multi, NULL, 0, milliseconds, NULL); }
int chttp_multi_wakeup(CURLM *multi) { return curl.multi_wakeup(multi); }
CURLMsg *chttp_multi_info_read(CURLM *multi, int *left) { return curl.multi_info_read(multi, left); }
struct curl_slist *chttp_slist_append(struct curl_slist *list, const char *text) { return curl.slist_append(list, text); }
void chttp_slist_free_all(struct curl_slist *list) { curl.slist_free_all(list); }

int chttp_prepare(CURL *easy, const char *url, struct curl_slist *headers, long connect_milliseconds, int direct,
                  const char *authorities, char *error) {
  CURLcode code = curl.easy_setopt(easy, CURLOPT_URL, url);
#if LIBCURL_VERSION_NUM >= 0x075500
  if (code == CURLE_OK) code = curl.easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
#else
  if (code == CURLE_OK) code = curl.easy_setopt(easy, CURLOPT_PROTOCOLS, (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS));
#endif
  if (code == CURLE_OK) code = curl.easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
  if (code == CURLE_OK) code = curl.easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  if (code == CURLE_OK) code = curl.easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
  if (code == CURLE_OK) code = curl.easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, connect_milliseconds);
  if (code == CURLE_OK && direct) code = curl.easy_setopt(easy, CURLOPT_PROXY, "");
  if (code == CURLE_OK && authorities != NULL) code = curl.easy_setopt(easy, CURLOPT_CAINFO, authorities);
  if (code == CURLE_OK) code = curl.easy_setopt(easy, CURLOPT_ERRORBUFFER, error);
  if (code == CURLE_OK) code = curl.easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
  return (int)code;
}

int chttp_post(CURL *easy, const void *bytes, int64_t count) {
  CURLcode code = curl.easy_setopt(easy, CURLOPT_POST, 1L);
  if (code == CURLE_OK) code = curl.easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)count);
  if (code == CURLE_OK) code = curl.easy_setopt(easy, CURLOPT_COPYPOSTFIELDS, bytes);
  return (int)code;
}

int chttp_receive(CURL *easy, chttp_sink head, chttp_sink body, void *context) {
  CURLcode code = curl.easy_setopt(easy, CURLOPT_HEADERFUNCTION, head);
  if (code == CURLE_OK) code = curl.easy_setopt(easy, CURLOPT_HEADERDATA, context);
  if (code == CURLE_OK) code = curl.easy_setopt(easy, CURLOPT_WRITEFUNCTION, body);
  if (code == CURLE_OK) code = curl.easy_setopt(easy, CURLOPT_WRITEDATA, context);
  if (code == CURLE_OK) code = curl.easy_setopt(easy, CURLOPT_PRIVATE, context);
  return (int)code;
}

void *chttp_context(CURL *easy) {
  char *context = NULL;
  curl.easy_getinfo(easy, CURLINFO_PRIVATE, &context);
  return context;
}

long chttp_errno(CURL *easy) {
  long number = 0;
  curl.easy_getinfo(easy, CURLINFO_OS_ERRNO, &number);
  return number;
}

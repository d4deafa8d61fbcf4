// libcurl for Swift, loaded when the first server is spoken to: with the twenty libraries behind it, it would be a tenth of
// every start. Its functions with variable arguments, which Swift cannot call, get fixed ones.
#ifndef CHTTP_H
#define CHTTP_H

#include <curl/curl.h>
#include <stddef.h>
#include <stdint.h>

// Loads libcurl and makes it ready, once; NULL where it is, else why it is not. Every other function needs it. May be called
// from any thread.
const char *chttp_load(void);

// The functions of libcurl whose names end in the same words.
CURL *chttp_easy_init(void);
void chttp_easy_cleanup(CURL *easy);
CURLM *chttp_multi_init(void);
void chttp_multi_cleanup(CURLM *multi);
int chttp_multi_add_handle(CURLM *multi, CURL *easy);
int chttp_multi_remove_handle(CURLM *multi, CURL *easy);
int chttp_multi_perform(CURLM *multi, int *running);
int chttp_multi_poll(CURLM *multi, int milliseconds);
int chttp_multi_wakeup(CURLM *multi);
CURLMsg *chttp_multi_info_read(CURLM *multi, int *left);
struct curl_slist *chttp_slist_append(struct curl_slist *list, const char *text);
void chttp_slist_free_all(struct curl_slist *list);

typedef size_t (*chttp_sink)(char *bytes, size_t size, size_t count, void *context);

// What a sink returns that takes nothing yet: the transfer pauses, and the same bytes come again after `chttp_resume`.
static const size_t chttp_pause = CURL_WRITEFUNC_PAUSE;
// Lets a transfer go on. What it held back is given to its sinks before this returns.
int chttp_resume(CURL *easy);

// What every transfer is: HTTP or HTTPS only, no redirection followed, no signals, and an end to connecting. Where `direct`
// is not 0 no proxy is used, whatever the environment says. Certificates are checked by the authorities in the file `authorities`,
// by the system's where it is NULL.
int chttp_prepare(CURL *easy, const char *url, struct curl_slist *headers, long connect_milliseconds, int direct,
                  const char *authorities, char *error);
// Posts a copy of `count` bytes.
int chttp_post(CURL *easy, const void *bytes, int64_t count);
// Where the lines of the head and the bytes of the body go.
int chttp_receive(CURL *easy, chttp_sink head, chttp_sink body, void *context);
// Takes `*context` back.
void *chttp_context(CURL *easy);
// The operating system's number for why there is no connection.
long chttp_errno(CURL *easy);

#endif

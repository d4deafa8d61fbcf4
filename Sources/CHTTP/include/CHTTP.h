// libcurl for Swift: its functions with variable arguments, which Swift cannot call, with fixed ones.
#ifndef CHTTP_H
#define CHTTP_H

#include <curl/curl.h>
#include <stddef.h>
#include <stdint.h>

typedef size_t (*chttp_sink)(char *bytes, size_t size, size_t count, void *context);

// What every transfer is: HTTP or HTTPS only, no redirection followed, no signals, and an end to connecting. Where `direct`
// is not 0 no proxy is used, whatever the environment says.
int chttp_prepare(CURL *easy, const char *url, struct curl_slist *headers, long connect_milliseconds, int direct,
                  char *error);
// Posts a copy of `count` bytes.
int chttp_post(CURL *easy, const void *bytes, int64_t count);
// Where the lines of the head and the bytes of the body go.
int chttp_receive(CURL *easy, chttp_sink head, chttp_sink body, void *context);
// Takes `*context` back.
void *chttp_context(CURL *easy);
// The operating system's number for why there is no connection.
long chttp_errno(CURL *easy);

#endif

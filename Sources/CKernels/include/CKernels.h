/// Vector kernels of a Llama forward pass, in three builds of one source: portable, AVX2 + FMA, AVX-512.
///
/// Every result depends only on its own row: the order of additions is fixed (16 lanes, one tree), so neither the number
/// of rows in a batch nor the way a prefix is cut into segments changes a single bit. The builds with fused
/// multiply-add agree with each other too.
#ifndef CKERNELS_H
#define CKERNELS_H

#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

/// Keys and values of `count` consecutive tokens in one layer, each [count][kv_heads * head].
typedef struct {
  const float *keys;
  const float *values;
  ptrdiff_t count;
} ck_segment;

/// Sizes of one attention call; `heads` is a multiple of `kv_heads`.
typedef struct {
  ptrdiff_t heads, kv_heads, head;
} ck_heads;

/// One build of all kernels.
typedef struct {
  const char *name;
  /// out[r][o] (+)= sum over i of x[r][i] * weight[o][i]; adds to `out` where `add` is not 0.
  void (*linear)(float *out, const float *x, const float *weight, ptrdiff_t rows, ptrdiff_t in, ptrdiff_t outs, int add);
  /// out[r] = x[r] / sqrt(mean(x[r]^2) + epsilon) * gain.
  void (*rms_norm)(float *out, const float *x, const float *gain, ptrdiff_t rows, ptrdiff_t width, float epsilon);
  /// Turns `heads` heads of one row in place; pairs are (i, i + head/2), angles of length head/2.
  void (*rope)(float *x, const float *cosines, const float *sines, ptrdiff_t heads, ptrdiff_t head);
  /// out[r][i] = silu(gate_up[r][i]) * gate_up[r][inner + i].
  void (*silu_multiply)(float *out, const float *gate_up, ptrdiff_t rows, ptrdiff_t inner);
  /// One query row [heads * head] over a chain of segments; `scratch` holds the total count rounded up to 16.
  void (*attention)(float *out, const float *query, const ck_segment *segments, ptrdiff_t segment_count, ck_heads sizes,
                    float *scratch);
  /// out = softmax(x * scale).
  void (*softmax)(float *out, const float *x, ptrdiff_t count, float scale);
  /// log(sum(exp(x))).
  double (*log_sum_exp)(const float *x, ptrdiff_t count);
} ck_kernels;

/// The fastest build this processor runs.
const ck_kernels *ck_kernels_best(void);
/// Builds by number (0 = portable); null past the end or where the processor lacks the instructions.
const ck_kernels *_Nullable ck_kernels_at(int index);

/// Half-precision (IEEE) and brain floats to float; the sources need no alignment.
void ck_widen_f16(float *out, const void *in, ptrdiff_t count);
void ck_widen_bf16(float *out, const void *in, ptrdiff_t count);

#pragma clang assume_nonnull end

#endif

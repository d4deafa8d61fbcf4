/// Vector kernels of a Llama model's two passes, in three builds of one source: portable, AVX2 + FMA, AVX-512.
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

/// A matrix in memory: element (i, j) stands at base[i * row + j * column], so that any matrix is its own transpose.
typedef struct {
  const float *base;
  ptrdiff_t row, column;
} ck_matrix;

/// One step of AdamW (Loshchilov and Hutter, 2019), as torch does it, with what depends on the step worked out.
typedef struct {
  /// What gradients are multiplied by first: below 1 where their norm is clipped.
  float scale;
  float beta1, beta2;
  /// 1 - rate * decay.
  float keep;
  /// rate / (1 - beta1^step).
  float rate;
  /// 1 / sqrt(1 - beta2^step).
  float correction;
  float epsilon;
} ck_adam;

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

  // What training needs beside these. Here too a result depends on nothing but its own row or element.

  /// out[r * out_row + c] (+)= sum over k of a(r, k) * b(k, c), the terms in the order of k.
  void (*product)(float *out, ptrdiff_t out_row, ck_matrix a, ck_matrix b, ptrdiff_t rows, ptrdiff_t columns,
                  ptrdiff_t inner, int add);
  /// Adds to `dx` and `dgain` what the gradient `dy` of rms_norm's output comes to.
  void (*rms_norm_backward)(float *dx, float *dgain, const float *dy, const float *x, const float *gain, ptrdiff_t rows,
                            ptrdiff_t width, float epsilon);
  /// Puts the gradient in the place of `gate_up`, from the gradient `d` [rows][inner] of silu_multiply's output.
  void (*silu_multiply_backward)(float *gate_up, const float *d, ptrdiff_t rows, ptrdiff_t inner);
  /// Puts the gradient of x in the place of `d`, that of p = softmax(x * scale).
  void (*softmax_backward)(float *d, const float *p, ptrdiff_t count, float scale);
  /// -log softmax(logits)[target]; in the place of `logits`, their gradient times `weight`.
  double (*cross_entropy)(float *logits, ptrdiff_t count, ptrdiff_t target, float weight);
  /// out[i] += sum over r of x[r][i].
  void (*add)(float *out, const float *x, ptrdiff_t rows, ptrdiff_t width);
  /// The sum of the squares.
  double (*sum_squares)(const float *x, ptrdiff_t count);
  /// One step: decays the mean of the gradient and of its square, and moves the weights.
  void (*adam)(float *weight, float *mean, float *square, const float *gradient, ptrdiff_t count, ck_adam step);
} ck_kernels;

/// The fastest build this processor runs.
const ck_kernels *ck_kernels_best(void);
/// Builds by number (0 = portable); null past the end or where the processor lacks the instructions.
const ck_kernels *_Nullable ck_kernels_at(int index);

/// Half-precision (IEEE) and brain floats to float; the sources need no alignment.
void ck_widen_f16(float *out, const void *in, ptrdiff_t count);
void ck_widen_bf16(float *out, const void *in, ptrdiff_t count);
/// Floats to half precision, to the nearest, ties to even; what is too large becomes infinite.
void ck_narrow_f16(void *out, const float *in, ptrdiff_t count);

/// Takes whole blocks of 64 bytes into the eight words of a SHA-256 (FIPS 180-4, section 6.2.2).
typedef void (*ck_sha256)(uint32_t *state, const void *bytes, ptrdiff_t blocks);
/// The fastest that this processor runs, and the one that every processor runs.
ck_sha256 ck_sha256_best(void);
ck_sha256 ck_sha256_portable(void);

#pragma clang assume_nonnull end

#endif

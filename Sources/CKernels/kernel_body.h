// Included once per build with CK(name), CK_TARGET, CK_ROWS x CK_OUTS (accumulators that fit its registers), CK_WIDE
// (outputs at a time for a single row) and what backward_body.h needs. No include guard: that is the point.

#define CK_INLINE CK_TARGET static inline __attribute__((always_inline))

CK_INLINE v16 CK(load)(const float *p) {
  return *(const v16_unaligned *)p;
}

CK_INLINE void CK(store)(float *p, v16 x) {
  *(v16_unaligned *)p = x;
}

CK_INLINE v16 CK(load_part)(const float *p, ptrdiff_t n) {
  float whole[16] = {0};
  for (ptrdiff_t i = 0; i < n; i++) whole[i] = p[i];
  return *(const v16_unaligned *)whole;
}

CK_INLINE void CK(store_part)(float *p, v16 x, ptrdiff_t n) {
  float whole[16];
  *(v16_unaligned *)whole = x;
  for (ptrdiff_t i = 0; i < n; i++) p[i] = whole[i];
}

CK_INLINE v4 CK(quarter)(v16 x) {
  v8 a = __builtin_shufflevector(x, x, 0, 1, 2, 3, 4, 5, 6, 7) + __builtin_shufflevector(x, x, 8, 9, 10, 11, 12, 13, 14, 15);
  return __builtin_shufflevector(a, a, 0, 1, 2, 3) + __builtin_shufflevector(a, a, 4, 5, 6, 7);
}

CK_INLINE float CK(sum)(v16 x) {
  v4 q = CK(quarter)(x);
  return (q[0] + q[1]) + (q[2] + q[3]);
}

/// Four sums at once, each bit for bit what `sum` gives.
CK_INLINE v4 CK(sum4)(v16 a, v16 b, v16 c, v16 d) {
  v4 w = CK(quarter)(a), x = CK(quarter)(b), y = CK(quarter)(c), z = CK(quarter)(d);
  v4 wx01 = __builtin_shufflevector(w, x, 0, 4, 1, 5), wx23 = __builtin_shufflevector(w, x, 2, 6, 3, 7);
  v4 yz01 = __builtin_shufflevector(y, z, 0, 4, 1, 5), yz23 = __builtin_shufflevector(y, z, 2, 6, 3, 7);
  v4 c0 = __builtin_shufflevector(wx01, yz01, 0, 1, 4, 5), c1 = __builtin_shufflevector(wx01, yz01, 2, 3, 6, 7);
  v4 c2 = __builtin_shufflevector(wx23, yz23, 0, 1, 4, 5), c3 = __builtin_shufflevector(wx23, yz23, 2, 3, 6, 7);
  return (c0 + c1) + (c2 + c3);
}

CK_INLINE float CK(maximum)(const float *x, ptrdiff_t n) {
  float best = x[0];
  ptrdiff_t i = 0;
  if (n >= 16) {
    v16 m = CK(load)(x);
    for (i = 16; i + 16 <= n; i += 16) {
      m = __builtin_elementwise_max(m, CK(load)(x + i));
    }
    for (int k = 0; k < 16; k++) best = m[k] > best ? m[k] : best;
  }
  for (; i < n; i++) best = x[i] > best ? x[i] : best;
  return best;
}

/// e^x to about 2 units in the last place, for x in [-87, 88] (others are clamped).
CK_INLINE v16 CK(exp)(v16 x) {
  x = __builtin_elementwise_min(__builtin_elementwise_max(x, (v16){} - 87.0f), (v16){} + 88.0f);
  v16 shifted = x * 1.44269504f + 12582912.0f;  // 1.5 * 2^23: the integer is in the low bits
  v16 n = shifted - 12582912.0f;
  v16 r = x - n * 0.693359375f;
  r = r + n * 2.12194440e-4f;
  v16 p = r * 1.9875691500e-4f + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  p = p * (r * r) + r;
  p = p + 1.0f;
  i16 exponent = ((i16)shifted - 0x4B400000 + 127) << 23;
  return p * (v16)exponent;
}

/// R rows of x times O rows of weight, one accumulator each.
CK_INLINE void CK(tile)(float *out, const float *x, const float *weight, ptrdiff_t in, ptrdiff_t outs, int add,
                        const int R, const int O) {
  v16 sums[4][8];
#pragma clang loop unroll(full)
  for (int r = 0; r < R; r++)
#pragma clang loop unroll(full)
    for (int o = 0; o < O; o++) sums[r][o] = (v16){};
  ptrdiff_t i = 0;
  for (; i + 16 <= in; i += 16) {
    v16 xs[4];
#pragma clang loop unroll(full)
    for (int r = 0; r < R; r++) xs[r] = CK(load)(x + r * in + i);
#pragma clang loop unroll(full)
    for (int o = 0; o < O; o++) {
      v16 w = CK(load)(weight + o * in + i);
#pragma clang loop unroll(full)
      for (int r = 0; r < R; r++) sums[r][o] = xs[r] * w + sums[r][o];
    }
  }
  if (i < in) {
#pragma clang loop unroll(full)
    for (int o = 0; o < O; o++) {
      v16 w = CK(load_part)(weight + o * in + i, in - i);
#pragma clang loop unroll(full)
      for (int r = 0; r < R; r++) sums[r][o] = CK(load_part)(x + r * in + i, in - i) * w + sums[r][o];
    }
  }
#pragma clang loop unroll(full)
  for (int r = 0; r < R; r++) {
    float *row = out + r * outs;
    int o = 0;
    if (O >= 4) {
#pragma clang loop unroll(full)
      for (; o + 4 <= O; o += 4) {
        v4 s = CK(sum4)(sums[r][o], sums[r][o + 1], sums[r][o + 2], sums[r][o + 3]);
        v4_unaligned *to = (v4_unaligned *)(row + o);
        *to = add ? *to + s : s;
      }
    } else {
#pragma clang loop unroll(full)
      for (; o < O; o++) {
        float s = CK(sum)(sums[r][o]);
        row[o] = add ? row[o] + s : s;
      }
    }
  }
}

CK_TARGET static void CK(linear)(float *out, const float *x, const float *weight, ptrdiff_t rows, ptrdiff_t in,
                                 ptrdiff_t outs, int add) {
  ptrdiff_t o = 0;
  if (rows >= CK_ROWS) {
    for (; o + CK_OUTS <= outs; o += CK_OUTS) {  // a few rows of weight stay in the first cache while all of x passes
      ptrdiff_t r = 0;
      for (; r + CK_ROWS <= rows; r += CK_ROWS)
        CK(tile)(out + r * outs + o, x + r * in, weight + o * in, in, outs, add, CK_ROWS, CK_OUTS);
      for (; r < rows; r++) CK(tile)(out + r * outs + o, x + r * in, weight + o * in, in, outs, add, 1, CK_OUTS);
    }
  } else {
    for (; o + CK_WIDE <= outs; o += CK_WIDE)
      for (ptrdiff_t r = 0; r < rows; r++)
        CK(tile)(out + r * outs + o, x + r * in, weight + o * in, in, outs, add, 1, CK_WIDE);
  }
  for (; o < outs; o++)
    for (ptrdiff_t r = 0; r < rows; r++) CK(tile)(out + r * outs + o, x + r * in, weight + o * in, in, outs, add, 1, 1);
}

CK_TARGET static void CK(rms_norm)(float *out, const float *x, const float *gain, ptrdiff_t rows, ptrdiff_t width,
                                   float epsilon) {
  for (ptrdiff_t r = 0; r < rows; r++, x += width, out += width) {
    v16 squares = (v16){};
    ptrdiff_t i = 0;
    for (; i + 16 <= width; i += 16) {
      v16 y = CK(load)(x + i);
      squares = y * y + squares;
    }
    if (i < width) {
      v16 y = CK(load_part)(x + i, width - i);
      squares = y * y + squares;
    }
    float scale = 1.0f / sqrtf(CK(sum)(squares) / (float)width + epsilon);
    for (i = 0; i < width; i++) out[i] = x[i] * scale * gain[i];
  }
}

CK_TARGET static void CK(rope)(float *x, const float *cosines, const float *sines, ptrdiff_t heads, ptrdiff_t head) {
  ptrdiff_t half = head / 2;
  for (ptrdiff_t h = 0; h < heads; h++, x += head)
    for (ptrdiff_t i = 0; i < half; i++) {
      float a = x[i], b = x[half + i], c = cosines[i], s = sines[i];
      x[i] = a * c - b * s;
      x[half + i] = b * c + a * s;
    }
}

CK_TARGET static void CK(silu_multiply)(float *out, const float *gate_up, ptrdiff_t rows, ptrdiff_t inner) {
  for (ptrdiff_t r = 0; r < rows; r++, gate_up += 2 * inner, out += inner) {
    ptrdiff_t i = 0;
    for (; i + 16 <= inner; i += 16) {
      v16 g = CK(load)(gate_up + i);
      CK(store)(out + i, g / (1.0f + CK(exp)(-g)) * CK(load)(gate_up + inner + i));
    }
    if (i < inner) {
      v16 g = CK(load_part)(gate_up + i, inner - i), u = CK(load_part)(gate_up + inner + i, inner - i);
      CK(store_part)(out + i, g / (1.0f + CK(exp)(-g)) * u, inner - i);
    }
  }
}

/// e^(x * scale - shift) into `out`, which may be x or null. Returns the sum.
CK_INLINE float CK(exponentials)(float *out, const float *x, ptrdiff_t count, float scale, float shift) {
  v16 total = (v16){};
  ptrdiff_t i = 0;
  for (; i + 16 <= count; i += 16) {
    v16 e = CK(exp)(CK(load)(x + i) * scale - shift);
    total = total + e;
    if (out) CK(store)(out + i, e);
  }
  if (i < count) {
    v16 e = CK(exp)(CK(load_part)(x + i, count - i) * scale - shift);
    float lanes[16] = {0};
    CK(store_part)(lanes, e, count - i);
    total = total + CK(load)(lanes);
    if (out) CK(store_part)(out + i, e, count - i);
  }
  return CK(sum)(total);
}

CK_TARGET static void CK(softmax)(float *out, const float *x, ptrdiff_t count, float scale) {
  float total = CK(exponentials)(out, x, count, scale, CK(maximum)(x, count) * scale);
  float inverse = 1.0f / total;
  for (ptrdiff_t i = 0; i < count; i++) out[i] *= inverse;
}

CK_TARGET static double CK(log_sum_exp)(const float *x, ptrdiff_t count) {
  float top = CK(maximum)(x, count);
  return (double)top + log((double)CK(exponentials)(0, x, count, 1.0f, top));
}

/// Values of all segments weighted by `weights`, lanes [at, at + n) of one head.
CK_INLINE v16 CK(mix)(const ck_segment *segments, ptrdiff_t segment_count, const float *weights, ptrdiff_t stride,
                      ptrdiff_t offset, ptrdiff_t n) {
  v16 sum = (v16){};
  for (ptrdiff_t s = 0; s < segment_count; s++) {
    const float *v = segments[s].values + offset;
    for (ptrdiff_t t = 0; t < segments[s].count; t++, v += stride, weights++)
      sum = (n == 16 ? CK(load)(v) : CK(load_part)(v, n)) * *weights + sum;
  }
  return sum;
}

CK_TARGET static void CK(attention)(float *out, const float *query, const ck_segment *segments, ptrdiff_t segment_count,
                                    ck_heads z, float *scratch) {
  ptrdiff_t stride = z.kv_heads * z.head, group = z.heads / z.kv_heads, total = 0;
  for (ptrdiff_t s = 0; s < segment_count; s++) total += segments[s].count;
  float scale = 1.0f / sqrtf((float)z.head);
  for (ptrdiff_t h = 0; h < z.heads; h++) {
    const float *q = query + h * z.head;
    ptrdiff_t offset = h / group * z.head, at = 0;
    for (ptrdiff_t s = 0; s < segment_count; s++) {
      const float *k = segments[s].keys + offset;
      for (ptrdiff_t t = 0; t < segments[s].count; t++, k += stride) {
        v16 dot = (v16){};
        ptrdiff_t i = 0;
        for (; i + 16 <= z.head; i += 16) dot = CK(load)(q + i) * CK(load)(k + i) + dot;
        if (i < z.head) dot = CK(load_part)(q + i, z.head - i) * CK(load_part)(k + i, z.head - i) + dot;
        scratch[at++] = CK(sum)(dot);
      }
    }
    CK(softmax)(scratch, scratch, total, scale);
    ptrdiff_t i = 0;
    for (; i + 16 <= z.head; i += 16)
      CK(store)(out + h * z.head + i, CK(mix)(segments, segment_count, scratch, stride, offset + i, 16));
    if (i < z.head)
      CK(store_part)(out + h * z.head + i, CK(mix)(segments, segment_count, scratch, stride, offset + i, z.head - i),
                     z.head - i);
  }
}

#include "backward_body.h"

static const ck_kernels CK(table) = {
    CK_NAME,
    CK(linear),
    CK(rms_norm),
    CK(rope),
    CK(silu_multiply),
    CK(attention),
    CK(softmax),
    CK(log_sum_exp),
    CK(product),
    CK(rms_norm_backward),
    CK(silu_multiply_backward),
    CK(softmax_backward),
    CK(cross_entropy),
    CK(add),
    CK(sum_squares),
    CK(adam),
};

#undef CK_INLINE
#undef CK
#undef CK_NAME
#undef CK_TARGET
#undef CK_ROWS
#undef CK_OUTS
#undef CK_WIDE
#undef CK_TILE
#undef CK_PANEL

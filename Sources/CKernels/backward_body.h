// The kernels that training needs beside those of the forward pass; included by kernel_body.h, once per build.
// CK_TILE rows x CK_PANEL vectors are the accumulators of one block of a matrix product.

enum { CK(depth) = 128 };  // sums of a block at a time: its part of b stays in the first cache while all of a passes

/// out[r][0 ..< columns] (+)= sum over k of a[r][k] * panel[k], R rows and V vectors; the order of k is that of memory.
CK_INLINE void CK(block)(float *out, ptrdiff_t out_row, ck_matrix a, const float *panel, ptrdiff_t depth,
                         ptrdiff_t columns, int add, const int R, const int V) {
  v16 sums[8][4];
#pragma clang loop unroll(full)
  for (int r = 0; r < R; r++)
#pragma clang loop unroll(full)
    for (int v = 0; v < V; v++) {
      ptrdiff_t left = columns - 16 * v;
      const float *from = out + r * out_row + 16 * v;
      sums[r][v] = !add || left <= 0 ? (v16){} : left >= 16 ? CK(load)(from) : CK(load_part)(from, left);
    }
  for (ptrdiff_t k = 0; k < depth; k++) {
    v16 bs[4];
#pragma clang loop unroll(full)
    for (int v = 0; v < V; v++) bs[v] = CK(load)(panel + (k * V + v) * 16);
#pragma clang loop unroll(full)
    for (int r = 0; r < R; r++) {
      v16 x = (v16){} + a.base[r * a.row + k * a.column];
#pragma clang loop unroll(full)
      for (int v = 0; v < V; v++) sums[r][v] = x * bs[v] + sums[r][v];
    }
  }
#pragma clang loop unroll(full)
  for (int r = 0; r < R; r++)
#pragma clang loop unroll(full)
    for (int v = 0; v < V; v++) {
      ptrdiff_t left = columns - 16 * v;
      float *to = out + r * out_row + 16 * v;
      if (left >= 16) CK(store)(to, sums[r][v]);
      else if (left > 0) CK(store_part)(to, sums[r][v], left);
    }
}

/// Copies b[0 ..< depth][0 ..< columns] to rows of `width` floats, the rest of each zero.
CK_INLINE void CK(pack)(float *panel, ck_matrix b, ptrdiff_t depth, ptrdiff_t columns, ptrdiff_t width) {
  if (b.column == 1) {
    for (ptrdiff_t k = 0; k < depth; k++) {
      const float *from = b.base + k * b.row;
      float *to = panel + k * width;
      ptrdiff_t n = 0;
      for (; n + 16 <= columns; n += 16) CK(store)(to + n, CK(load)(from + n));
      for (; n < columns; n++) to[n] = from[n];
      for (; n < width; n++) to[n] = 0;
    }
    return;
  }
  ptrdiff_t n = 0;
  if (b.row == 1)
    for (; n + 4 <= columns; n += 4) {  // four columns of four numbers, turned
      const float *from = b.base + n * b.column;
      float *to = panel + n;
      ptrdiff_t k = 0;
      for (; k + 4 <= depth; k += 4) {
        v4 w = *(const v4_unaligned *)(from + k), x = *(const v4_unaligned *)(from + b.column + k);
        v4 y = *(const v4_unaligned *)(from + 2 * b.column + k), z = *(const v4_unaligned *)(from + 3 * b.column + k);
        v4 wx01 = __builtin_shufflevector(w, x, 0, 4, 1, 5), wx23 = __builtin_shufflevector(w, x, 2, 6, 3, 7);
        v4 yz01 = __builtin_shufflevector(y, z, 0, 4, 1, 5), yz23 = __builtin_shufflevector(y, z, 2, 6, 3, 7);
        *(v4_unaligned *)(to + k * width) = __builtin_shufflevector(wx01, yz01, 0, 1, 4, 5);
        *(v4_unaligned *)(to + (k + 1) * width) = __builtin_shufflevector(wx01, yz01, 2, 3, 6, 7);
        *(v4_unaligned *)(to + (k + 2) * width) = __builtin_shufflevector(wx23, yz23, 0, 1, 4, 5);
        *(v4_unaligned *)(to + (k + 3) * width) = __builtin_shufflevector(wx23, yz23, 2, 3, 6, 7);
      }
      for (; k < depth; k++)
        for (int i = 0; i < 4; i++) to[k * width + i] = from[i * b.column + k];
    }
  for (; n < width; n++)
    for (ptrdiff_t k = 0; k < depth; k++)
      panel[k * width + n] = n < columns ? b.base[k * b.row + n * b.column] : 0;
}

/// V vectors of columns of out, all rows of it.
CK_INLINE void CK(panel)(float *out, ptrdiff_t out_row, ck_matrix a, ck_matrix b, ptrdiff_t rows, ptrdiff_t columns,
                         ptrdiff_t inner, int add, const int V) {
  float panel[CK(depth) * 16 * CK_PANEL] __attribute__((aligned(64)));
  for (ptrdiff_t k = 0; k < inner; k += CK(depth)) {
    ptrdiff_t depth = inner - k < CK(depth) ? inner - k : CK(depth);
    ck_matrix part = {b.base + k * b.row, b.row, b.column};
    CK(pack)(panel, part, depth, columns, 16 * V);
    int adds = add || k > 0;
    ptrdiff_t r = 0;
    for (; r + CK_TILE <= rows; r += CK_TILE) {
      ck_matrix at = {a.base + r * a.row + k * a.column, a.row, a.column};
      CK(block)(out + r * out_row, out_row, at, panel, depth, columns, adds, CK_TILE, V);
    }
    for (; r < rows; r++) {
      ck_matrix at = {a.base + r * a.row + k * a.column, a.row, a.column};
      CK(block)(out + r * out_row, out_row, at, panel, depth, columns, adds, 1, V);
    }
  }
}

CK_TARGET static void CK(wide_panel)(float *out, ptrdiff_t out_row, ck_matrix a, ck_matrix b, ptrdiff_t rows,
                                     ptrdiff_t columns, ptrdiff_t inner, int add) {
  CK(panel)(out, out_row, a, b, rows, columns, inner, add, CK_PANEL);
}

CK_TARGET static void CK(narrow_panel)(float *out, ptrdiff_t out_row, ck_matrix a, ck_matrix b, ptrdiff_t rows,
                                       ptrdiff_t columns, ptrdiff_t inner, int add) {
  CK(panel)(out, out_row, a, b, rows, columns, inner, add, 1);
}

CK_TARGET static void CK(product)(float *out, ptrdiff_t out_row, ck_matrix a, ck_matrix b, ptrdiff_t rows,
                                  ptrdiff_t columns, ptrdiff_t inner, int add) {
  ptrdiff_t n = 0, wide = 16 * CK_PANEL;
  while (n < columns) {
    ptrdiff_t left = columns - n;
    ck_matrix part = {b.base + n * b.column, b.row, b.column};
    if (left > 16) {
      CK(wide_panel)(out + n, out_row, a, part, rows, left < wide ? left : wide, inner, add);
      n += wide;
    } else {
      CK(narrow_panel)(out + n, out_row, a, part, rows, left, inner, add);
      n += 16;
    }
  }
}

CK_TARGET static void CK(rms_norm_backward)(float *dx, float *dgain, const float *dy, const float *x, const float *gain,
                                            ptrdiff_t rows, ptrdiff_t width, float epsilon) {
  for (ptrdiff_t r = 0; r < rows; r++, x += width, dx += width, dy += width) {
    v16 squares = (v16){}, dots = (v16){};
    ptrdiff_t i = 0;
    for (; i + 16 <= width; i += 16) {
      v16 a = CK(load)(x + i);
      squares = a * a + squares;
      dots = a * CK(load)(dy + i) * CK(load)(gain + i) + dots;
    }
    if (i < width) {
      v16 a = CK(load_part)(x + i, width - i);
      squares = a * a + squares;
      dots = a * CK(load_part)(dy + i, width - i) * CK(load_part)(gain + i, width - i) + dots;
    }
    float scale = 1.0f / sqrtf(CK(sum)(squares) / (float)width + epsilon);
    float pull = scale * scale * scale * CK(sum)(dots) / (float)width;
    for (i = 0; i < width; i++) {
      dgain[i] += dy[i] * x[i] * scale;
      dx[i] += dy[i] * gain[i] * scale - x[i] * pull;
    }
  }
}

CK_INLINE void CK(silu_step)(float *gate, float *up, const float *d, ptrdiff_t n) {
  v16 g = n == 16 ? CK(load)(gate) : CK(load_part)(gate, n), u = n == 16 ? CK(load)(up) : CK(load_part)(up, n);
  v16 dy = n == 16 ? CK(load)(d) : CK(load_part)(d, n);
  v16 sigmoid = 1.0f / (1.0f + CK(exp)(-g));
  v16 dg = dy * u * sigmoid * (1.0f + g * (1.0f - sigmoid)), du = dy * g * sigmoid;
  if (n == 16) {
    CK(store)(gate, dg);
    CK(store)(up, du);
  } else {
    CK(store_part)(gate, dg, n);
    CK(store_part)(up, du, n);
  }
}

CK_TARGET static void CK(silu_multiply_backward)(float *gate_up, const float *d, ptrdiff_t rows, ptrdiff_t inner) {
  for (ptrdiff_t r = 0; r < rows; r++, gate_up += 2 * inner, d += inner) {
    ptrdiff_t i = 0;
    for (; i + 16 <= inner; i += 16) CK(silu_step)(gate_up + i, gate_up + inner + i, d + i, 16);
    if (i < inner) CK(silu_step)(gate_up + i, gate_up + inner + i, d + i, inner - i);
  }
}

CK_TARGET static void CK(softmax_backward)(float *d, const float *p, ptrdiff_t count, float scale) {
  v16 dots = (v16){};
  ptrdiff_t i = 0;
  for (; i + 16 <= count; i += 16) dots = CK(load)(d + i) * CK(load)(p + i) + dots;
  if (i < count) dots = CK(load_part)(d + i, count - i) * CK(load_part)(p + i, count - i) + dots;
  float dot = CK(sum)(dots);
  for (i = 0; i < count; i++) d[i] = p[i] * (d[i] - dot) * scale;
}

CK_TARGET static double CK(cross_entropy)(float *logits, ptrdiff_t count, ptrdiff_t target, float weight) {
  double loss = CK(log_sum_exp)(logits, count) - (double)logits[target];
  CK(softmax)(logits, logits, count, 1.0f);
  for (ptrdiff_t i = 0; i < count; i++) logits[i] *= weight;
  logits[target] -= weight;
  return loss;
}

CK_TARGET static void CK(add)(float *out, const float *x, ptrdiff_t rows, ptrdiff_t width) {
  for (ptrdiff_t r = 0; r < rows; r++, x += width)
    for (ptrdiff_t i = 0; i < width; i++) out[i] += x[i];
}

CK_TARGET static double CK(sum_squares)(const float *x, ptrdiff_t count) {
  double total = 0;
  for (ptrdiff_t start = 0; start < count; start += 1024) {  // short sums in floats, their sum in doubles
    ptrdiff_t end = count - start < 1024 ? count : start + 1024, i = start;
    v16 squares = (v16){};
    for (; i + 16 <= end; i += 16) squares = CK(load)(x + i) * CK(load)(x + i) + squares;
    if (i < end) squares = CK(load_part)(x + i, end - i) * CK(load_part)(x + i, end - i) + squares;
    total += (double)CK(sum)(squares);
  }
  return total;
}

CK_INLINE void CK(adam_step)(float *weight, float *mean, float *square, const float *gradient, ck_adam z, ptrdiff_t n) {
  v16 g = (n == 16 ? CK(load)(gradient) : CK(load_part)(gradient, n)) * z.scale;
  v16 w = n == 16 ? CK(load)(weight) : CK(load_part)(weight, n);
  v16 m = n == 16 ? CK(load)(mean) : CK(load_part)(mean, n);
  v16 s = n == 16 ? CK(load)(square) : CK(load_part)(square, n);
  m = m * z.beta1 + g * (1.0f - z.beta1);
  s = s * z.beta2 + g * g * (1.0f - z.beta2);
  w = w * z.keep - m * z.rate / (__builtin_elementwise_sqrt(s) * z.correction + z.epsilon);
  if (n == 16) {
    CK(store)(weight, w);
    CK(store)(mean, m);
    CK(store)(square, s);
  } else {
    CK(store_part)(weight, w, n);
    CK(store_part)(mean, m, n);
    CK(store_part)(square, s, n);
  }
}

CK_TARGET static void CK(adam)(float *weight, float *mean, float *square, const float *gradient, ptrdiff_t count, ck_adam z) {
  ptrdiff_t i = 0;
  for (; i + 16 <= count; i += 16) CK(adam_step)(weight + i, mean + i, square + i, gradient + i, z, 16);
  if (i < count) CK(adam_step)(weight + i, mean + i, square + i, gradient + i, z, count - i);
}

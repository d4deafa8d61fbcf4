#include "CKernels.h"

#include <math.h>
#include <string.h>

// Vectors of 16 floats everywhere: a build without such registers uses two or four smaller ones, so the order of
// additions, and with it every bit of the result, is the same wherever multiply-add is fused.
typedef float v16 __attribute__((vector_size(64)));
typedef float v16_unaligned __attribute__((vector_size(64), aligned(4)));
typedef float v8 __attribute__((vector_size(32)));
typedef float v4 __attribute__((vector_size(16)));
typedef float v4_unaligned __attribute__((vector_size(16), aligned(4)));
typedef int32_t i16 __attribute__((vector_size(64)));

#pragma clang fp contract(on)
#pragma clang diagnostic ignored "-Wpsabi"  // every function that takes or gives a vector is inlined

#define CK(name) portable_##name
#define CK_NAME "portable"
#define CK_TARGET
#define CK_ROWS 2
#define CK_OUTS 2
#define CK_WIDE 4
#define CK_TILE 2
#define CK_PANEL 1
#include "kernel_body.h"

#if defined(__x86_64__)

#define CK(name) avx2_##name
#define CK_NAME "AVX2"
#define CK_TARGET __attribute__((target("avx2,fma")))
#define CK_ROWS 2
#define CK_OUTS 2
#define CK_WIDE 4
#define CK_TILE 6
#define CK_PANEL 1
#include "kernel_body.h"

#define CK(name) avx512_##name
#define CK_NAME "AVX-512"
#define CK_TARGET __attribute__((target("avx512f,avx2,fma")))
#define CK_ROWS 4
#define CK_OUTS 4
#define CK_WIDE 8
#define CK_TILE 6
#define CK_PANEL 4
#include "kernel_body.h"

const ck_kernels *ck_kernels_at(int index) {
  __builtin_cpu_init();
  switch (index) {
    case 0: return &portable_table;
    case 1: return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? &avx2_table : 0;
    case 2: return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("fma") ? &avx512_table : 0;
    default: return 0;
  }
}

#else

const ck_kernels *ck_kernels_at(int index) {
  return index == 0 ? &portable_table : 0;
}

#endif

const ck_kernels *ck_kernels_best(void) {
  const ck_kernels *best = &portable_table;
  for (int i = 1; i < 3; i++) {
    const ck_kernels *next = ck_kernels_at(i);
    if (next) best = next;
  }
  return best;
}

void ck_widen_f16(float *out, const void *in, ptrdiff_t count) {
  const uint8_t *bytes = in;
  for (ptrdiff_t i = 0; i < count; i++) {
    uint32_t h = (uint32_t)bytes[2 * i] | (uint32_t)bytes[2 * i + 1] << 8;
    uint32_t sign = (h & 0x8000) << 16, exponent = h >> 10 & 31, fraction = h & 0x3FF, bits;
    if (exponent == 31) {
      bits = sign | 0x7F800000 | fraction << 13;
    } else if (exponent) {
      bits = sign | (exponent + 112) << 23 | fraction << 13;
    } else {  // subnormal: fraction * 2^-24, exact in a float
      float small = (float)fraction * 0x1p-24f;
      memcpy(&bits, &small, 4);
      bits |= sign;
    }
    memcpy(out + i, &bits, 4);
  }
}

void ck_widen_bf16(float *out, const void *in, ptrdiff_t count) {
  const uint8_t *bytes = in;
  for (ptrdiff_t i = 0; i < count; i++) {
    uint32_t bits = (uint32_t)bytes[2 * i] << 16 | (uint32_t)bytes[2 * i + 1] << 24;
    memcpy(out + i, &bits, 4);
  }
}

void ck_narrow_f16(void *out, const float *in, ptrdiff_t count) {
  uint8_t *bytes = out;
  for (ptrdiff_t i = 0; i < count; i++) {
    uint32_t bits, half;
    memcpy(&bits, in + i, 4);
    uint32_t sign = bits >> 16 & 0x8000, exponent = bits >> 23 & 0xFF, fraction = bits & 0x7FFFFF;
    if (exponent == 255) {
      half = 0x7C00 | (fraction ? 0x200 | fraction >> 13 : 0);
    } else if (exponent >= 113) {  // the carry of rounding up may go on into the exponent, to infinity at last
      uint32_t value = (exponent - 112) << 23 | fraction;
      half = exponent > 142 ? 0x7C00 : (value + 0xFFF + (value >> 13 & 1)) >> 13;
    } else if (exponent >= 102) {  // subnormal: whole multiples of 2^-24
      uint32_t shift = 126 - exponent, value = fraction | 0x800000;
      half = (value + (1u << (shift - 1)) - 1 + (value >> shift & 1)) >> shift;
    } else {
      half = 0;
    }
    half |= sign;
    bytes[2 * i] = (uint8_t)half;
    bytes[2 * i + 1] = (uint8_t)(half >> 8);
  }
}

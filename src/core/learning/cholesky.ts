/**
 * Cholesky factor of a symmetric positive definite matrix: lower L with L L' = matrix.
 *
 * @param matrix [n][n], row-major; only its lower half is read
 * @returns [n][n], row-major, zeros above the diagonal
 * @throws RangeError when the matrix is not positive definite
 */
export function cholesky(matrix: Float64Array, n: number): Float64Array {
  const factor = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * n + j]!;
      for (let k = 0, a = i * n, b = j * n; k < j; k++, a++, b++) sum -= factor[a]! * factor[b]!;
      if (i > j) factor[i * n + j] = sum / factor[j * n + j]!;
      else if (sum > 0) factor[i * n + i] = Math.sqrt(sum);
      else throw new RangeError(`row ${i}: the matrix is not positive definite`);
    }
  }
  return factor;
}

/**
 * Solves L L' x = v in place.
 *
 * @param factor [n][n], from `cholesky`
 * @param v holds the right-hand side from `start` on, then the solution
 */
export function solveCholesky(factor: Float64Array, n: number, v: Float64Array, start: number): void {
  for (let i = 0; i < n; i++) {
    const row = i * n;
    // Four independent sums: the subtractions do not wait for each other.
    let s0 = v[start + i]!;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    let k = 0;
    for (; k + 3 < i; k += 4) {
      s0 -= factor[row + k]! * v[start + k]!;
      s1 -= factor[row + k + 1]! * v[start + k + 1]!;
      s2 -= factor[row + k + 2]! * v[start + k + 2]!;
      s3 -= factor[row + k + 3]! * v[start + k + 3]!;
    }
    for (; k < i; k++) s0 -= factor[row + k]! * v[start + k]!;
    v[start + i] = (s0 + s1 + (s2 + s3)) / factor[row + i]!;
  }
  // Row by row rather than column by column: rows lie side by side in memory.
  for (let i = n - 1; i >= 0; i--) {
    const x = v[start + i]! / factor[i * n + i]!;
    v[start + i] = x;
    for (let k = 0, a = i * n; k < i; k++, a++) v[start + k] = v[start + k]! - factor[a]! * x;
  }
}

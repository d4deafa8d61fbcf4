/// Numbers with a fixed count of decimals, the same in every locale.
public enum FixedNumber {
  /// `value` with so many decimals, 0…6, rounded half away from zero; never `-0.00`. Nil for what is no number that can be
  /// shown so: not finite, or 10¹² and more.
  public static func text(_ value: Double, decimals: Int) -> String? {
    guard value.isFinite, value.magnitude < 1e12 else { return nil }
    var scale = 1
    for _ in 0..<decimals { scale *= 10 }
    let scaled = Int((value.magnitude * Double(scale)).rounded())
    let sign = value < 0 && scaled > 0 ? "-" : ""
    guard decimals > 0 else { return "\(sign)\(scaled)" }
    let fraction = String(scaled % scale)
    return "\(sign)\(scaled / scale)." + String(repeating: "0", count: decimals - fraction.count) + fraction
  }

  /// The same, or `none` where there is no number or none that can be shown so.
  public static func text(_ value: Double?, decimals: Int, none: String) -> String {
    value.flatMap { text($0, decimals: decimals) } ?? none
  }
}

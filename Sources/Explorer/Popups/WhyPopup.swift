import TreeInsight
import TreeSearch

/// What explains a node, as it stood when the popup was opened.
public struct WhyPopup: Hashable, Sendable {
  /// The reasons.
  let reasons: NodeReasons
  /// Lines scrolled away above the first one.
  var scroll = 0
}

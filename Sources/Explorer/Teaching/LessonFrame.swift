import TreeSearch

/// One thing to look at in a lesson: what it is about, the numbers, and which nodes are lit meanwhile.
struct LessonFrame: Equatable, Sendable {
  /// What is shown, in a few words.
  let title: String
  /// Formulas with their numbers put in, in ASCII.
  var formulas: [String] = []
  /// Sentences; texts of models stand in them as they are.
  var text: [String] = []
  /// Nodes that are lit, root first.
  let lit: [NodeID]
  /// The node that is selected while the frame is shown.
  let focus: NodeID

  /// The title as a sentence.
  var heading: String { title.hasSuffix("?") ? title : title + "." }
}

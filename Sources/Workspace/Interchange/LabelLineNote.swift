import Vocabulary

/// What is kept of a line of a label file beside the tree and the labels that were made of it.
struct LabelLineNote {
  /// The form of the file.
  let format: String
  /// Who labelled.
  let who: String
  /// Its place among the lines that were imported at one time, from 0.
  let place: Int
  /// What tree and labels do not say; nil where they say it all.
  let patch: ForeignValue?

  /// Its text with the run.
  var text: String {
    let value = ForeignValue.made([
      "format": .text(format), "who": .text(who), "place": ForeignValue(place), "patch": patch,
    ])
    return String(decoding: value.canonical, as: UTF8.self)
  }

  init(format: String, who: String, place: Int, patch: ForeignValue?) {
    (self.format, self.who, self.place, self.patch) = (format, who, place, patch)
  }

  /// The note that `text` holds; nil where another program wrote it.
  init?(_ text: String) {
    guard let value = try? ForeignValue(Array(text.utf8)[...]), let format = value["format"]?.text,
      let who = value["who"]?.text, let place = value["place"]?.whole
    else { return nil }
    self.init(format: format, who: who, place: place, patch: value["patch"])
  }
}

#if TESTABLE
  import Foundation
  import Vocabulary

  @testable import Models
  @testable import Training

  /// A model's folder, and what servers answer.
  extension FuzzTarget {
    /// `config.json`, and etascope's own `etascope.json`.
    static let modelConfiguration = FuzzTarget(
      "model-configuration",
      words: [
        "\"model_type\":", "\"llama\"", "\"qwen2\"", "\"rope_scaling\":", "\"rope_type\":", "\"llama3\"", "\"yarn\"",
        "\"factor\":", "\"sliding_window\":", "\"layer_types\":", "\"head_dim\":", "\"eos_token_id\":",
      ]
    ) { bytes in
      let data = Data(bytes)
      _ = try? ModelSettings(data, file: "etascope.json")
      let configuration = try LlamaConfiguration(data, file: "config.json")
      _ = configuration.keyValueWidth
      _ = configuration.ropeScaling
    }

    /// Weights: the header and every tensor that it names.
    static let safetensors = FuzzTarget(
      "safetensors",
      words: ["\"dtype\":", "\"F32\"", "\"F16\"", "\"BF16\"", "\"shape\":", "\"data_offsets\":", "\"__metadata__\":"],
      longest: 1 << 12,
      seeds: {
        let header =
          #"{"a":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]},"b":{"dtype":"BF16","shape":[3],"#
          + #""data_offsets":[16,22]},"__metadata__":{"format":"pt"}}"#
        let length = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Array($0) }
        return [length + Array(header.utf8) + Array(repeating: 0x3F, count: 22)]
      }
    ) { bytes in
      let scratch = ScratchFile("model.safetensors")
      try scratch.write(bytes)
      let file = try SafetensorsFile(path: scratch.path)
      for name in file.names {
        guard let shape = file.shape(of: name) else { continue }
        // What is read fits the file, and so does this.
        guard (try? file.check(name, shape: shape)) != nil else { continue }
        let count = shape.reduce(1, *)
        try FuzzFinding.require(count <= bytes.count / 2, "a tensor of \(count) numbers in \(bytes.count) bytes")
        var numbers = [Float](repeating: 0, count: count + 1)
        try numbers.withUnsafeMutableBufferPointer { buffer in
          if let start = buffer.baseAddress { try file.read(name, shape: shape, into: start) }
        }
        try FuzzFinding.require(numbers.last == 0, "more was written than the tensor holds")
      }
    }

    /// `tokenizer.json`, and the tokenizer that it makes.
    static let tokenizer = FuzzTarget(
      "tokenizer",
      words: [
        "\"type\":", "\"BPE\"", "\"ByteLevel\"", "\"Split\"", "\"Regex\":", "\"Sequence\"", "\"NFC\"", "\"Metaspace\"",
        "\"added_tokens\":", "\"vocab\":", "\"merges\":", "\"unk_token\":", "\"byte_fallback\":true", "\\\\p{L}+",
        "(?:",
        "\"pre_tokenizers\":", "\"post_processor\":", "\"TemplateProcessing\"", "\"Prepend\"", "\"Replace\"",
      ], quick: 500
    ) { bytes in
      let tokenizer = try BytePairTokenizer(Data(bytes), file: "tokenizer.json", limit: 1_000)
      try FuzzFinding.require(tokenizer.size <= 1_000_000, "\(tokenizer.size) tokens in \(bytes.count) bytes")
      for text in ["", "Ana has 3  apples.\n", "日本 e\u{301} 12", "<|end|> a\u{0}b \u{1F1EB}\u{1F1F7}"] {
        for specials in [false, true] {
          let tokens = tokenizer.encode(text, specials: specials)
          let isInside = tokens.allSatisfy { $0 >= 0 && Int($0) < tokenizer.size }
          try FuzzFinding.require(isInside, "a token outside of the vocabulary: \(tokens)")
          _ = tokenizer.bytes(of: tokens)
        }
      }
    }

    /// The rows of a dataset, read back to train on.
    static let rows = FuzzTarget(
      "rows",
      words: [
        "\"prompt\":", "\"completion\":", "\"messages\":", "\"role\":", "\"content\":", "\"user\"", "\"assistant\"",
      ]
    ) { bytes in
      let file = ScratchFile("rows.jsonl")
      try file.write(bytes)
      let folder = try SharedFixtures.model.made()
      let rows = try TrainingRows(file.path, for: folder)
      for text in rows.texts {
        let isInside = text.tokens.allSatisfy { $0 >= 0 && Int($0) < folder.configuration.vocabularySize }
        try FuzzFinding.require(isInside && text.promptCount <= text.tokens.count, "a row of no model's tokens")
      }
      _ = rows.tokenDigest
    }
  }
#endif

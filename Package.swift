// swift-tools-version: 6.3
import PackageDescription

// The program carries the Swift runtime in itself: it needs no Swift where it runs, and Linux' loader, which would look up
// 30,000 symbols in it at every start, has nothing left to do.
let staticRuntime = ["-static-stdlib"]
let ofRelease = BuildSettingCondition.when(platforms: [.linux], configuration: .release)

// Arrows point one way (a test greps the imports): see Sources/TreeSearch/TreeSearch.docc/Architecture.md.
let package = Package(
  name: "etascope",
  products: [
    .library(name: "TreeSearch", targets: ["Vocabulary", "TreeSearch", "TreeInsight"]),
    .library(name: "Lab", targets: ["Vocabulary", "TreeSearch", "Lab"]),
    .library(name: "TreeSearchTesting", targets: ["TreeSearchTesting"]),
    .executable(name: "etascope", targets: ["etascope"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/attaswift/BigInt", from: "6.0.1"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
  ],
  targets: [
    // C only where Swift cannot go: curses' macros and globals, vector kernels and a digest chosen by processor at run time, processes
    // that are tied to one another, and libcurl and zlib, which are loaded when they are needed.
    .target(
      name: "CNcurses", linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),
    .target(name: "CKernels", cSettings: [.unsafeFlags(["-O3"])]),
    .target(name: "CProcess"),
    .target(name: "CPrefetch"),
    .target(name: "CGzip", linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),
    .target(name: "CHTTP", linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),

    .target(name: "Vocabulary", dependencies: ["CKernels", .product(name: "BigInt", package: "BigInt")]),
    .target(name: "TreeSearch", dependencies: ["Vocabulary", "CPrefetch"]),
    .target(name: "TreeInsight", dependencies: ["Vocabulary", "TreeSearch"]),
    .executableTarget(name: "SearchExample", dependencies: ["Vocabulary", "TreeSearch"]),
    .target(name: "Models", dependencies: ["Vocabulary", "CKernels", "CProcess", "CHTTP"]),
    .target(
      name: "Critics",
      dependencies: ["Vocabulary", "Models", .product(name: "BigInt", package: "BigInt")]),
    .target(
      name: "Workspace",
      dependencies: [
        "Vocabulary", "TreeSearch", "TreeInsight", "CGzip", .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ]),
    // Its Python scripts are carried as text.
    .target(
      name: "Training", dependencies: ["Vocabulary", "Models", "CKernels"],
      resources: [
        .embedInCode("External/Python/train_critic.py"), .embedInCode("External/Python/merge_adapter.py"),
      ]),
    .target(
      name: "Runs",
      dependencies: [
        "Vocabulary", "TreeSearch", "TreeInsight", "Models", "Critics", "Workspace",
        .product(name: "Logging", package: "swift-log"),
      ]),
    // Measures the others; the program's commands print what it finds. The floor, in C++, and torch's training are carried as text.
    .target(
      name: "Benchmarks", dependencies: ["Vocabulary", "TreeSearch", "Models", "Training", "Workspace", "Recorder"],
      resources: [.embedInCode("Synthetic/floor.cpp"), .embedInCode("Training/torch_training.py")]),
    .target(name: "Canvas", dependencies: ["Vocabulary", .product(name: "TOMLKit", package: "TOMLKit")]),
    .target(name: "Explorer", dependencies: ["Vocabulary", "TreeSearch", "TreeInsight", "Canvas"]),
    .target(name: "Terminal", dependencies: ["Vocabulary", "Canvas", "CNcurses"]),
    .target(
      name: "Lab",
      dependencies: [
        "Vocabulary", "TreeSearch", "TreeInsight", "Models", "Critics", "Training", "Workspace", "Runs",
        .product(name: "TOMLKit", package: "TOMLKit"),
      ]),
    .executableTarget(name: "LabExample", dependencies: ["Vocabulary", "Lab"]),
    .target(
      name: "Pictures", dependencies: ["Vocabulary", "TreeSearch", "TreeInsight", "Workspace", "Lab", "Canvas"]),
    .target(name: "Recorder", dependencies: ["Canvas"]),
    .target(
      name: "Hosts",
      dependencies: [
        "Vocabulary", "TreeSearch", "TreeInsight", "Models", "Workspace", "Runs", "Lab", "Explorer",
      ]),
    .executableTarget(
      name: "etascope",
      dependencies: [
        "Vocabulary", "TreeSearch", "TreeInsight", "Models", "Critics", "Training", "Workspace", "Runs", "Lab",
        "Pictures", "Recorder", "Canvas", "Explorer", "Hosts", "Terminal", "Benchmarks",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: [.unsafeFlags(staticRuntime, ofRelease)],
      linkerSettings: [.unsafeFlags(staticRuntime + ["-use-ld=lld"], ofRelease)]),

    .testTarget(name: "ArchitectureTests"),
    .testTarget(name: "VocabularyTests", dependencies: ["Vocabulary", "CKernels"], exclude: ["Python"]),
    // What drives searches in tests, ours and anybody's: drivers, policies, people who do whatever comes to mind.
    .target(
      name: "TreeSearchTesting", dependencies: ["Vocabulary", "TreeSearch"],
      path: "Tests/TreeSearchTesting"),
    .testTarget(
      name: "TreeSearchTests", dependencies: ["Vocabulary", "TreeSearch", "TreeSearchTesting"],
      resources: [.copy("Fixtures")]),
    .testTarget(
      name: "TreeInsightTests",
      dependencies: ["Vocabulary", "TreeSearch", "TreeInsight", "TreeSearchTesting"]),
    // A server on real sockets that can do everything wrong.
    .target(name: "ServerFixture", dependencies: ["Vocabulary"], path: "Tests/ServerFixture"),
    // Models that a test makes up, and the shipped ones, opened once.
    .target(name: "ModelsTesting", dependencies: ["Vocabulary", "Models"], path: "Tests/ModelsTesting"),
    .testTarget(
      name: "ModelsTests", dependencies: ["Vocabulary", "TreeInsight", "Models", "ServerFixture"],
      exclude: ["Python"], resources: [.copy("Fixtures")]),
    .testTarget(
      name: "CriticsTests",
      dependencies: ["Vocabulary", "TreeInsight", "Critics", "Models", "ModelsTesting", "ServerFixture"]),
    .testTarget(
      name: "TrainingTests", dependencies: ["Vocabulary", "Models", "Training"], resources: [.copy("Fixtures")]),
    .testTarget(
      name: "WorkspaceTests",
      dependencies: [
        "Vocabulary", "TreeInsight", "Workspace", "TreeSearch", "TreeSearchTesting",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      resources: [.copy("Fixtures")]),
    .testTarget(
      name: "RunsTests",
      dependencies: [
        "Vocabulary", "TreeInsight", "Runs", "TreeSearch", "TreeSearchTesting", "Models", "ModelsTesting", "Critics",
        "Workspace", "ServerFixture",
      ]),
    .testTarget(name: "BenchmarksTests", dependencies: ["Benchmarks"]),
    .testTarget(
      name: "LabTests",
      dependencies: ["Vocabulary", "TreeSearch", "Models", "ModelsTesting", "Workspace", "Runs", "Lab"]),
    .testTarget(name: "CanvasTests", dependencies: ["Vocabulary", "Canvas"]),
    .testTarget(
      name: "ExplorerTests",
      dependencies: ["Vocabulary", "TreeInsight", "Explorer", "TreeSearch", "TreeSearchTesting", "Canvas"],
      resources: [.copy("Goldens")]),
    .testTarget(name: "TerminalTests", dependencies: ["Vocabulary", "Terminal", "Canvas"]),
    .testTarget(
      name: "EvaluationTests",
      dependencies: [
        "Vocabulary", "TreeInsight", "Lab", "Pictures", "Runs", "TreeSearch", "TreeSearchTesting", "Models",
      ]),
    .testTarget(
      name: "RecordingTests",
      dependencies: [
        "Vocabulary", "TreeInsight", "Recorder", "etascope", "Hosts", "Lab", "Workspace", "Canvas", "Runs",
        "TreeSearch",
      ]),
    // Reads what nobody should have written. It looks into modules, which only a build for debugging, or `make fuzz`, lets it.
    .executableTarget(
      name: "Fuzz",
      dependencies: [
        "Vocabulary", "TreeSearch", "TreeSearchTesting", "TreeInsight", "Models", "Critics", "Training", "Workspace",
        "Lab", "Canvas", "Explorer", "Terminal", "Recorder", .product(name: "GRDB", package: "GRDB.swift"),
      ],
      path: "Tests/Fuzz", exclude: ["Corpus"],
      swiftSettings: [.define("TESTABLE", .when(configuration: .debug))],
      linkerSettings: [.unsafeFlags(["-use-ld=lld"], ofRelease)]),
    .testTarget(name: "FuzzTests", dependencies: ["Fuzz"]),
    .testTarget(
      name: "EndToEndTests",
      dependencies: [
        "Vocabulary", "TreeInsight", "Workspace", "TreeSearch", "Models", "Lab", "ServerFixture",
      ],
      exclude: ["Python"]),
  ],
  swiftLanguageModes: [.v6]
)

import Testing
import Vocabulary

@testable import Workspace

/// Files as people have them: each form, read as its owner means it.
@Suite struct FieldFileTests {
  /// What a form is read as: how many problems, and the first.
  struct Form: Sendable, CustomTestStringConvertible {
    let name: String
    let text: String
    var count = 1
    var question = "What is 4+15?"
    var answer: String? = "19"
    var id: String?
    var choices: [String]?
    var accepted: [String]?
    var system: String?
    var split: String?

    var testDescription: String { name }
  }

  static let forms: [Form] = [
    Form(name: "alpaca.json", text: #"[{"instruction":"What is 4+15?","input":"","output":"19"}]"#),
    Form(
      name: "alpaca with input",
      text: #"[{"instruction":"Add the numbers.","input":"4 and 15","output":"The answer is 19."}]"#,
      question: "Add the numbers.\n\n4 and 15"),
    Form(
      name: "array.json",
      text:
        "[\n {\"question\":\"What is 4+15?\",\"answer\":\"19\"},\n {\"question\":\"What is 4+16?\",\"answer\":\"20\"}\n]",
      count: 2),
    Form(
      name: "dupq.jsonl",
      text: "{\"question\":\"What is 4+15?\",\"answer\":\"19\"}\n{\"question\":\"What is 4+15?\",\"answer\":\"19\"}\n",
      count: 2),
    Form(
      name: "gsm.jsonl", text: ##"{"question":"What is 4+15?","answer":"4 and 15 are <<4+15=19>>19.\n#### 19"}"##,
      answer: "4 and 15 are <<4+15=19>>19.\n#### 19"),
    Form(
      name: "kites.csv", text: "question,answer\n\"Ben has 4 kites, buys 15. How many?\",19\n",
      question: "Ben has 4 kites, buys 15. How many?"),
    Form(
      name: "math.jsonl",
      text:
        #"{"problem":"What is $4+3\\cdot 5$?","level":"Level 1","type":"Prealgebra","solution":"We get $4+15=\\boxed{19}$."}"#,
      question: #"What is $4+3\cdot 5$?"#),
    Form(
      name: "math500.jsonl",
      text:
        #"{"problem":"What is $4+3\\cdot 5$?","solution":"We get $4+15=\\boxed{19}$.","answer":"19","subject":"Prealgebra","#
        + #""level":1,"unique_id":"test/prealgebra/1.json"}"#,
      question: #"What is $4+3\cdot 5$?"#, id: "test/prealgebra/1.json"),
    Form(
      name: "messages.jsonl",
      text: #"{"messages":[{"role":"system","content":"You are a tutor."},{"role":"user","content":"What is 4+15?"},"#
        + #"{"role":"assistant","content":"19"}]}"#,
      system: "You are a tutor."),
    Form(
      name: "nan.jsonl",
      text: #"{"question":"What is 4+15?","answer":"19","score":NaN,"low":-Infinity,"high":Infinity}"#),
    Form(name: "missing as NaN", text: #"{"question":"What is 4+15?","answer":NaN,"solution":"so \\boxed{19}"}"#),
    Form(name: "pretty.json", text: "{\n \"question\":\"What is 4+15?\",\n \"answer\":\"19\"\n}\n"),
    Form(
      name: "pretty one after the other",
      text: "{\n  \"question\": \"What is 4+15?\",\n  \"answer\": 19\n}\n{\n  \"question\": \"b\"\n}\n", count: 2),
    Form(
      name: "qid.jsonl",
      text: #"{"idx":7,"problem_id":"a","question":"What is 4+15?","answer":"19","level":5,"choices":["1","19"]}"#,
      question: "What is 4+15?\nA) 1\nB) 19", id: "a", choices: ["1", "19"]),
    Form(
      name: "strategyqa.jsonl", text: #"{"qid":"s1","question":"Is 19 greater than 4?","answer":true}"#,
      question: "Is 19 greater than 4?", answer: "true", id: "s1"),
    Form(
      name: "sharegpt",
      text: #"[{"conversations":[{"from":"system","value":"Be brief."},{"from":"human","value":"What is 4+15?"},"#
        + #"{"from":"gpt","value":"<think>4, 15</think>The answer is 19."}]}]"#,
      system: "Be brief."),
    Form(
      name: "several turns",
      text:
        #"{"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":[{"type":"text","text":"Yes?"}]},"#
        + #"{"role":"user","content":"What is 4+15?"},{"role":"assistant","content":"The answer is 19"}]}"#,
      question: "User: Hi\n\nAssistant: Yes?\n\nUser: What is 4+15?"),
    Form(
      name: "prompt and completion as turns",
      text:
        #"{"prompt":[{"role":"user","content":"What is 4+15?"}],"completion":[{"role":"assistant","content":"19"}]}"#),
    Form(name: "prompt and completion", text: ##"{"prompt":"What is 4+15?","completion":" It is 19.\n#### 19"}"##),
    Form(
      name: "reinforcement learning rows",
      text:
        #"{"data_source":"x","prompt":[{"role":"user","content":"What is 4+15?"}],"reward_model":{"ground_truth":"19"}}"#
    ),
    Form(name: "query and response", text: #"{"query":"What is 4+15?","response":"Sum. The answer is: 19"}"#),
    Form(name: "input and target", text: #"{"input":"What is 4+15?","target":"19"}"#),
    Form(
      name: "svamp",
      text:
        #"[{"ID":"chal-1","Body":"Ben has 4 kites.","Question":"He buys 15. How many?","Equation":"4 + 15","Answer":19.0}]"#,
      question: "Ben has 4 kites. He buys 15. How many?", answer: "19.0", id: "chal-1"),
    Form(
      name: "passage", text: #"{"passage":"It was 1904.","question":"Was it a leap year?","answer":true}"#,
      question: "It was 1904.\n\nWas it a leap year?", answer: "true"),
    Form(
      name: "aqua",
      text: #"{"question":"What is 4+15?","options":["A)21","B)19","C)4"],"rationale":"…","correct":"B"}"#,
      question: "What is 4+15?\nA) 21\nB) 19\nC) 4", choices: ["21", "19", "4"]),
    Form(
      name: "mathqa",
      text: #"{"Problem":"What is 4+15?","Rationale":"…","options":"a ) 38 , b ) 19 , c ) 1,000","correct":"b"}"#,
      question: "What is 4+15?\nA) 38\nB) 19\nC) 1,000", choices: ["38", "19", "1,000"]),
    Form(
      name: "mmlu", text: #"{"question":"What is 4+15?","subject":"x","choices":["0","19","2","1"],"answer":1}"#,
      question: "What is 4+15?\nA) 0\nB) 19\nC) 2\nD) 1", choices: ["0", "19", "2", "1"]),
    Form(
      name: "arc",
      text: #"{"id":"M_1","question":"What is 4+15?","choices":{"text":["1","19"],"label":["1","2"]},"answerKey":"2"}"#,
      question: "What is 4+15?\nA) 1\nB) 19", id: "M_1", choices: ["1", "19"]),
    Form(
      name: "arc, nested",
      text:
        #"{"question":{"stem":"What is 4+15?","choices":[{"text":"1","label":"A"},{"text":"19","label":"B"}]},"answerKey":"B"}"#,
      question: "What is 4+15?\nA) 1\nB) 19", choices: ["1", "19"]),
    Form(
      name: "lettered object",
      text: #"{"question":"What is 4+15?","options":{"A":"1","B":"19"},"answer":"19","answer_idx":"B"}"#,
      question: "What is 4+15?\nA) 1\nB) 19", choices: ["1", "19"]),
    Form(
      name: "winogrande", text: #"{"sentence":"4+15 is _.","option1":"1","option2":"19","answer":"2"}"#,
      question: "4+15 is _.\nA) 1\nB) 19", choices: ["1", "19"]),
    Form(
      name: "options filled up, and a place with gaps in its column",
      text: #"{"question":"What is 4+15?","options":["1","nineteen",""],"answer_index":1.0}"#,
      question: "What is 4+15?\nA) 1\nB) nineteen", answer: "nineteen", choices: ["1", "nineteen"]),
    Form(
      name: "labels count from 0", text: #"{"goal":"What is 4+15?","sol1":"one","sol2":"19","label":1}"#,
      question: "What is 4+15?\nA) one\nB) 19", choices: ["one", "19"]),
    Form(
      name: "options marked right",
      text:
        #"{"question":"What is 4+15?","choices":[{"text":"1","is_correct":false},{"text":"19","is_correct":true}]}"#,
      question: "What is 4+15?\nA) 1\nB) 19", choices: ["1", "19"]),
    Form(
      name: "options shown already", text: #"{"question":"4+15?\nA) 1\nB) 19","choices":["1","19"],"answer":"B"}"#,
      question: "4+15?\nA) 1\nB) 19", choices: ["1", "19"]),
    Form(
      name: "triviaqa",
      text: #"{"question":"What is 4+15?","question_id":"t","answer":{"aliases":["XIX","nineteen"],"value":"19"}}"#,
      id: "t",
      accepted: ["XIX", "nineteen"]),
    Form(name: "several accepted", text: #"{"question":"What is 4+15?","answer":["19","19.0"]}"#, accepted: ["19.0"]),
    Form(
      name: "drop, flat", text: #"{"question":"What is 4+15?","answers_spans":{"spans":["19"],"types":["number"]}}"#),
    Form(
      name: "a wrapper",
      text: #"{"version":2,"data":[{"question":"What is 4+15?","answer":19},{"question":"b"}],"tags":["x"]}"#, count: 2),
    Form(
      name: "splits", text: #"{"train":[{"question":"What is 4+15?","answer":19}],"test":[{"question":"b"}]}"#,
      count: 2,
      split: "train"),
    Form(
      name: "a data set server's rows",
      text: #"{"rows":[{"row_idx":0,"row":{"question":"What is 4+15?","answer":"19"},"truncated_cells":[]}]}"#),
    Form(
      name: "questions with one passage",
      text:
        #"{"nfl":{"passage":"4 and 15.","qa_pairs":[{"question":"Together?","answer":{"number":"19","spans":[]}}]}}"#,
      question: "4 and 15.\n\nTogether?"),
    Form(
      name: "drop",
      text:
        #"{"n1":{"passage":"4 and 15.","qa_pairs":[{"question":"Together?","answer":{"number":"19"}},{"question":"b"}]},"#
        + #""n2":{"passage":"p","qa_pairs":[{"question":"c"}]}}"#,
      count: 3, question: "4 and 15.\n\nTogether?"),
    Form(
      name: "squad",
      text:
        #"{"version":"1","data":[{"title":"t","paragraphs":[{"context":"4 and 15.","qas":[{"id":"a","question":"Together?","#
        + #""answers":[{"text":"19","answer_start":0},{"text":"nineteen","answer_start":0}]}]}]}]}"#,
      question: "4 and 15.\n\nTogether?", id: "a", accepted: ["nineteen"]),
    Form(
      name: "big-bench", text: #"{"examples":[{"input":"What is 4+15?","target_scores":{"1":0,"19":1}}]}"#,
      question: "What is 4+15?\nA) 1\nB) 19", choices: ["1", "19"]),
    Form(
      name: "truthfulqa",
      text: #"{"question":"What is 4+15?","mc1_targets":{"choices":["1","19"],"labels":[0,1]}}"#,
      question: "What is 4+15?\nA) 1\nB) 19", choices: ["1", "19"]),
    Form(name: "columns", text: #"{"question":["What is 4+15?","b"],"answer":["19",null]}"#, count: 2),
    Form(
      name: "pandas columns", text: #"{"question":{"0":"What is 4+15?","1":"b"},"answer":{"0":19,"1":null}}"#, count: 2),
    Form(
      name: "under ids", text: #"{"p1":{"question":"What is 4+15?","answer":"19"},"p2":{"question":"b"}}"#, count: 2,
      id: "p1"),
    Form(name: "tsv", text: "id\tquestion\tanswer\nx\tWhat is 4+15?\t19\n", id: "x"),
    Form(name: "semicolons", text: "\u{FEFF}Question;Answer\r\nWhat is 4+15?;19\r\nb;\r\n", count: 2),
    Form(name: "said separator", text: "sep=;\r\nquestion;answer\r\nWhat is 4+15?;19\r\n"),
    Form(
      name: "mmlu.csv", text: "question,A,B,C,D,answer\nWhat is 4+15?,1,19,2,3,B\n",
      question: "What is 4+15?\nA) 1\nB) 19\nC) 2\nD) 3", choices: ["1", "19", "2", "3"]),
    Form(
      name: "options in a cell", text: "question,choices,answer\nWhat is 4+15?,\"['1', '19']\",19\n",
      question: "What is 4+15?\nA) 1\nB) 19", choices: ["1", "19"]),
    Form(
      name: "line breaks in a cell", text: "n,question,answer\n1,\"What is\r\n\"\"4+15\"\"?\",19\n,,\n2,b,\n", count: 2,
      question: "What is\r\n\"4+15\"?"),
    Form(name: "one column", text: "question\nBen has 4, buys 15.\n", question: "Ben has 4, buys 15.", answer: nil),
    Form(
      name: "messages in a cell",
      text: "messages,n\n\"[{\"\"role\"\":\"\"user\"\",\"\"content\"\":\"\"What is 4+15?\"\"}]\",1\n", answer: nil),
  ]

  @Test(arguments: forms) func aFormIsReadAsItsOwnerMeansIt(_ form: Form) throws {
    let problems = try ProblemFile.read(Array(form.text.utf8), name: "p").map(\.problem)
    #expect(problems.count == form.count)
    let first = try #require(problems.first)
    #expect(first.question == form.question)
    #expect(first.answer == form.answer)
    #expect(first.id == form.id ?? String(SHA256.hex(form.question.utf8).prefix(12)))
    #expect(first.choices == form.choices)
    #expect(first.accepted == form.accepted)
    #expect(first.system == form.system)
    #expect(first.split == form.split)
    #expect(Set(problems.map(\.id)).count == problems.count)
    if form.answer != nil {
      #expect(first.accepts(form.answer == "true" ? "yes" : form.answer == "nineteen" ? "B" : "19") == true)
    }
    #expect(first.accepts("4711") == (form.answer == nil ? nil : false))
  }

  @Test func whatAFileHoldsDecidesNotItsName() throws {
    for name in ["p.json", "p.jsonl.gz", "p.csv", "p"] {
      let read = try ProblemFile.read(Array("question,answer\nQ?,1\n".utf8), name: name)
      #expect(read.map(\.problem.answer) == ["1"])
      #expect(try ProblemFile.read(Array("[{\"question\":\"Q?\"}]".utf8), name: name).count == 1)
    }
  }

  @Test func theSameQuestionTwiceIsTwoProblems() throws {
    let line = #"{"question":"What is 4+15?","answer":"19"}"#
    let ids = try ProblemFile.read(Array("\(line)\n\(line)\n\(line)".utf8), name: "p").map(\.problem.id)
    let digest = String(SHA256.hex("What is 4+15?".utf8).prefix(12))
    #expect(ids == [digest, digest + "-2", digest + "-3"])
  }

  @Test func whatHasNoPlaceIsKept() throws {
    let text = #"{"problem":"p","solution":"\\boxed{1}","answer":"1","level":3,"unique_id":"u","x":NaN}"#
    let loaded = try #require(try ProblemFile.read(Array(text.utf8), name: "p").first)
    #expect(loaded.extra == #"{"solution":"\\boxed{1}","level":3,"x":NaN}"#)
    #expect(loaded.text("solution") == #"\boxed{1}"#)
    let row = try #require(try ProblemFile.read(Array("question,tier\nq,\"a \"\"b\"\"\"\n".utf8), name: "p").first)
    #expect(row.text("tier") == "a \"b\"")
  }

  @Test func theUserSaysWhichFieldsAreWhich() throws {
    let text = #"{"task":{"text":"What is","more":["4+15?"]},"final":"19","solution":"1","nr":5,"pick":["1","19"]}"#
    func read(_ fields: String...) throws -> Problem {
      let options = ProblemFile.Options(names: try ProblemFieldNames(fields))
      return try #require(try ProblemFile.read(Array(text.utf8), name: "p", options: options).first).problem
    }
    #expect(
      try read("question=task.text,answer=final", "id = nr") == Problem(id: "5", question: "What is", answer: "19"))
    #expect(try read("question=task.text+task.more.0,answer=final").question == "What is 4+15?")
    let chosen = try read("question=task.text,answer=final,choices=pick")
    #expect(chosen.choices == ["1", "19"] && chosen.accepts("B") == true)
    #expect { try read("question=task.text,answer=finale") } throws: {
      "\($0)" == "p: answer: expected a field 'finale', found it in no record"
    }
    for (fields, message) in [
      ("question", "expected FIELD=NAME, as in question=problem,answer=final, found 'question'"),
      ("question=a,question=b", "expected each field once, found 'question' twice"),
    ] {
      #expect { try ProblemFieldNames([fields]) } throws: { "\($0)" == message }
    }
    #expect { try ProblemFieldNames(["what=a"]) } throws: { "\($0)".hasSuffix("before '=', found 'what'") }
  }
}

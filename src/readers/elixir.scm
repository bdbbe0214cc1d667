; Elixir: which nodes are what, as `code/query.rs` reads it. All but its operators and constants are calls to it.

; Constants
(sigil (sigil_name) @words.kind (quoted_content)? @words.part (#any-of? @words.kind "w" "W")) @words
[(string [(quoted_content) @text.part (escape_sequence) @text.escape (interpolation (_) @text.hole)]?) (charlist [(quoted_content) @text.part (escape_sequence) @text.escape (interpolation (_) @text.hole)]?) (sigil [(sigil_name) (sigil_modifiers) (quoted_content) @text.part (escape_sequence) @text.escape (interpolation (_) @text.hole)]?) (quoted_atom [(quoted_content) @text.part (escape_sequence) @text.escape (interpolation (_) @text.hole)]?) (quoted_keyword [(quoted_content) @text.part (escape_sequence) @text.escape (interpolation (_) @text.hole)]?)] @text
[(atom) (keyword)] @symbol
[(integer) (float) (char) (boolean) (nil)] @word

; Attributes of a module: what is said about it is passed by, the others are its constants.
(unary_operator operator: "@" operand: (call target: (identifier) @skip.name) (#any-of? @skip.name "doc" "moduledoc" "typedoc" "shortdoc" "spec" "type" "typep" "opaque" "callback" "macrocallback" "impl" "deprecated" "since" "dialyzer")) @skip
(unary_operator operator: "@" operand: (call target: (identifier) @bind.name (arguments (_) @bind.value))) @bind
(unary_operator operator: "@" operand: (identifier) @member.name) @member

; Names
(identifier) @name
(alias) @path
(dot left: (_) @member.object right: [(identifier) (alias)] @member.name) @member
(access_call target: (_) @index.object key: (_) @index.key) @index

; Modules
(call target: (identifier) @class.keyword (arguments . (_) @class.name) (do_block (_)? @class.body) (#any-of? @class.keyword "defmodule" "defprotocol" "defimpl")) @class
(call target: (identifier) @import.keyword (arguments (dot left: (_) @import.from right: (tuple (_) @import.name))) (#any-of? @import.keyword "alias" "import" "require")) @import
(call target: (identifier) @import.keyword (arguments . (alias) @import.path (keywords (pair value: (alias) @import.alias))?) (#any-of? @import.keyword "alias" "import" "require")) @import

; Functions
(call target: (identifier) @function.keyword (arguments . (binary_operator left: [(identifier) @function.name (call target: (identifier) @function.name (arguments (_)? @function.parameter))] operator: "when" right: (_) @function.test) . (keywords . (pair value: (_) @function.value))?) (do_block)? @function.body (#any-of? @function.keyword "def" "defp" "defmacro" "defmacrop")) @function
(call target: (identifier) @function.keyword (arguments . [(identifier) @function.name (call target: (identifier) @function.name (arguments (_)? @function.parameter))] . (keywords . (pair value: (_) @function.value))?) (do_block)? @function.body (#any-of? @function.keyword "def" "defp" "defmacro" "defmacrop")) @function
(binary_operator left: (_) @parameter.name operator: "\\\\" right: (_) @parameter.value) @parameter
(anonymous_function . (stab_clause left: (arguments (_)? @function.parameter)? right: (_)? @function.body) .) @function
(anonymous_function (stab_clause) @switch.case) @switch

; Choices
(call target: (identifier) @choice.keyword (arguments . (_) @choice.test . (keywords . (pair value: (_) @choice.then) . (pair value: (_) @choice.else)?)) (#eq? @choice.keyword "if")) @choice
(call target: (identifier) @choice.keyword (arguments . (_) @choice.test .) (do_block [(else_block) @choice.else (_) @choice.then]?) (#eq? @choice.keyword "if")) @choice
(call target: (identifier) @unless.keyword (arguments . (_) @unless.test . (keywords . (pair value: (_) @unless.then) . (pair value: (_) @unless.else)?)) (#eq? @unless.keyword "unless")) @unless
(call target: (identifier) @unless.keyword (arguments . (_) @unless.test .) (do_block [(else_block) @unless.else (_) @unless.then]?) (#eq? @unless.keyword "unless")) @unless
(call target: (identifier) @switch.keyword (arguments . (_) @switch.subject .) (do_block (stab_clause) @switch.case) (#eq? @switch.keyword "case")) @switch
(call target: (identifier) @switch.keyword (do_block (stab_clause) @switch.case) (#eq? @switch.keyword "cond")) @switch
; A bare name takes whatever comes, and is no value.
(stab_clause left: (binary_operator left: (arguments [(identifier) (_) @case.value]) operator: "when" right: (_) @case.test) right: (body (_)? @case.body)?) @case
(stab_clause left: (arguments [(identifier) (_) @case.value]?)? right: (body (_)? @case.body)?) @case
(call target: (identifier) @return.keyword (arguments (_)? @return.value) (#any-of? @return.keyword "raise" "throw" "reraise")) @return

; Calls
(binary_operator left: (_) @call.argument operator: "|>" right: (call target: (_) @call.callee (arguments (_)? @call.argument)? (do_block)? @call.block)) @call
(binary_operator left: (_) @call.argument operator: "|>" right: (_) @call.callee) @call
(call target: (_) @call.callee (arguments (_)? @call.argument) (do_block)? @call.block) @call
(call target: (_) @call.callee (do_block) @call.block) @call
(call target: (_) @inner.value) @inner
(keywords (pair) @keywords.item) @keywords
[(do_block (_)? @group.item) (body (_)? @group.item)] @group

; Maps and lists
(map (struct (_) @call.callee) (map_content (_)? @call.argument)?) @call
(map (map_content (binary_operator left: (_) @map.item operator: "|" right: [(keywords (pair) @map.item) (_) @map.item]))) @map
(map (map_content [(keywords (pair) @map.item) (_) @map.item])?) @map
(pair key: (_) @pair.key value: (_) @pair.value) @pair
(binary_operator left: (_) @pair.key operator: "=>" right: (_) @pair.value) @pair
[(list [(keywords (pair) @items.item) (_) @items.item]?) (tuple [(keywords (pair) @items.item) (_) @items.item]?)] @items

; Operators
(binary_operator left: (_) @join.part operator: "<>" right: (_) @join.part) @join
(binary_operator left: (_) @either.left operator: ["||" "or"] right: (_) @either.right) @either
(binary_operator left: (_) @both.left operator: ["&&" "and"] right: (_) @both.right) @both
(binary_operator left: (_) @equal.left operator: ["==" "==="] right: (_) @equal.right) @equal
(binary_operator left: (_) @unequal.left operator: ["!=" "!=="] right: (_) @unequal.right) @unequal
; One of several: the right side is a list.
(binary_operator left: (_) @equal.left operator: "in" right: [(list) (sigil)] @equal.right) @equal
(binary_operator left: (_) @unequal.left operator: "not in" right: [(list) (sigil)] @unequal.right) @unequal
(unary_operator operator: ["!" "not"] operand: (_) @not.value) @not

; Names that are set
(binary_operator left: (_) @bind.name operator: ["=" "<-"] right: (_) @bind.value) @bind

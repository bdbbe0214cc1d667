; Ruby: which nodes are what, as `code/query.rs` reads it.

; Constants
[(string [(string_content) @text.part (escape_sequence) @text.escape (interpolation (_) @text.hole)]?) (bare_string [(string_content) @text.part (escape_sequence) @text.escape (interpolation (_) @text.hole)]?) (subshell [(string_content) @text.part (escape_sequence) @text.escape (interpolation (_) @text.hole)]?) (heredoc_body [(heredoc_content) @text.part (escape_sequence) @text.escape (interpolation (_) @text.hole)]?) (bare_symbol [(string_content) @text.part (escape_sequence) @text.escape (interpolation (_) @text.hole)]?) (delimited_symbol [(string_content) @text.part (escape_sequence) @text.escape (interpolation (_) @text.hole)]?)] @text
(heredoc_beginning) @heredoc
(chained_string (_) @join.part) @join
[(simple_symbol) (hash_key_symbol)] @symbol
[(integer) (float) (rational) (complex) (true) (false) (nil) (regex) (character)] @word

; Names
[(identifier) (constant) (self) (super) (global_variable)] @name
; `@host` is what others call `self.host`.
(instance_variable) @member @member.name
(class_variable) @member @member.name
(scope_resolution scope: (_)? @member.object name: (_) @member.name) @member
(element_reference object: (_) @index.object . (_) @index.key) @index

; What is only another form of the same value
(call receiver: (_) @inner.value method: (_) @inner.method !arguments !block (#any-of? @inner.method "freeze" "deep_freeze" "dup" "deep_dup" "presence" "to_s" "to_sym" "strip" "squish" "to_h" "to_json" "with_indifferent_access" "html_safe")) @inner

; Calls
(call !receiver method: (identifier) @return.method arguments: (argument_list (_)? @return.value) (#any-of? @return.method "raise" "fail")) @return
(call receiver: [(constant) (scope_resolution)] @call.callee method: (identifier) @call.method arguments: (argument_list (_)? @call.argument)? block: (_)? @call.block (#eq? @call.method "new")) @call
(call receiver: (_) @member.object method: (_) @member.name !arguments !block) @member
(call receiver: (_)? @call.object method: (_)? @call.name arguments: (argument_list (_)? @call.argument)? block: (_)? @call.block) @call
(binary left: (_) @call.object operator: "%" @call.name right: (_) @call.argument) @call
(yield "yield" @call.name (argument_list (_) @call.argument)?) @call
(block_argument (simple_symbol)) @skip

; Maps and lists
(hash (_)? @map.item) @map
(pair key: (_) @pair.key value: (_)? @pair.value) @pair
(keyword_pattern key: (_) @pair.key value: (_)? @pair.value) @pair
(hash_pattern (keyword_pattern) @map.item) @map
[(array (_)? @items.item) (string_array (_)? @items.item) (symbol_array (_)? @items.item) (left_assignment_list (_)? @items.item) (right_assignment_list (_)? @items.item) (array_pattern (_)? @items.item)] @items

; Operators
(binary left: (_) @join.part operator: "+" right: (_) @join.part) @join
(binary left: (_) @either.left operator: ["||" "or"] right: (_) @either.right) @either
(binary left: (_) @both.left operator: ["&&" "and"] right: (_) @both.right) @both
(binary left: (_) @equal.left operator: ["==" "==="] right: (_) @equal.right) @equal
(binary left: (_) @unequal.left operator: "!=" right: (_) @unequal.right) @unequal
(unary operator: ["!" "not"] operand: (_) @not.value) @not
(parenthesized_statements . (_) @inner.value .) @inner

; Choices
(conditional condition: (_) @choice.test consequence: (_) @choice.then alternative: (_) @choice.else) @choice
(if condition: (_) @choice.test consequence: (_)? @choice.then alternative: (_)? @choice.else) @choice
(elsif condition: (_) @choice.test consequence: (_)? @choice.then alternative: (_)? @choice.else) @choice
(unless condition: (_) @unless.test consequence: (_)? @unless.then alternative: (_)? @unless.else) @unless
(if_modifier body: (_) @choice.then condition: (_) @choice.test) @choice
(unless_modifier body: (_) @unless.then condition: (_) @unless.test) @unless
(case value: (_)? @switch.subject [(when) (else)]? @switch.case) @switch
(case_match value: (_) @switch.subject clauses: (_) @switch.case else: (_)? @switch.case) @switch
(when pattern: (_) @case.value body: (then (_)? @case.body)?) @case
; A bare name takes whatever comes, and is no value.
(in_clause pattern: [(alternative_pattern (_) @case.value) (identifier) (_) @case.value] guard: (if_guard condition: (_) @case.test)? body: (then (_)? @case.body)?) @case
(else (_)? @case.body) @case
[(return (argument_list (_) @return.value)?) (next (argument_list (_) @return.value)?)] @return
[(then (_)? @group.item) (body_statement (_)? @group.item) (block_body (_)? @group.item) (begin (_)? @group.item)] @group

; Names that are set
(assignment left: (_) @bind.name right: (_) @bind.value) @bind
(operator_assignment left: (_) @bind.name operator: "||=" right: (_) @bind.value) @bind
(operator_assignment left: (_) @append.name operator: "+=" right: (_) @append.value) @append

; Functions and classes
(method name: (_) @function.name parameters: (method_parameters (_)? @function.parameter)? body: (_)? @function.body) @function
(singleton_method name: (_) @function.name parameters: (method_parameters (_)? @function.parameter)? body: (_)? @function.body) @function
(lambda parameters: (lambda_parameters (_)? @function.parameter)? body: [(block body: (_)? @function.body) (do_block body: (_)? @function.body)]) @function
[(block parameters: (block_parameters (_)? @function.parameter)? body: (_)? @function.body) (do_block parameters: (block_parameters (_)? @function.parameter)? body: (_)? @function.body)] @function
(optional_parameter name: (_) @parameter.name value: (_) @parameter.value) @parameter
(keyword_parameter name: (_) @parameter.name value: (_)? @parameter.value) @parameter
(class name: (_) @class.name superclass: (superclass (_) @class.base)? body: (body_statement (_)? @class.body)?) @class
(module name: (_) @class.name body: (body_statement (_)? @class.body)?) @class
(singleton_class body: (_) @inner.value) @inner
[(alias) (undef) (uninterpreted)] @skip

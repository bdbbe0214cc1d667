; Python: which nodes are what, as `code/query.rs` reads it.

; Constants
(string (string_content)? @text.part (interpolation expression: (_) @text.hole)?) @text
(concatenated_string (string) @join.part) @join
[(integer) (float) (true) (false) (none) (ellipsis)] @word

; Names
(identifier) @name
(dotted_name) @path
(attribute object: (_) @member.object attribute: (_) @member.name) @member
(subscript value: (_) @index.object subscript: (_) @index.key) @index

; Calls
(call function: (_) @call.callee arguments: [(argument_list (_)? @call.argument) (generator_expression) @call.argument]) @call
(keyword_argument name: (_) @argument.name value: (_) @argument.value) @argument
(binary_operator left: (_) @call.object operator: "%" @call.name right: (_) @call.argument) @call

; Maps and lists
(dictionary (_)? @map.item) @map
(pair key: (_) @pair.key value: (_) @pair.value) @pair
[(list (_)? @items.item) (tuple (_)? @items.item) (set (_)? @items.item) (expression_list (_)? @items.item) (pattern_list (_)? @items.item) (tuple_pattern (_)? @items.item) (list_pattern (_)? @items.item)] @items

; Operators
(binary_operator left: (_) @join.part operator: "+" right: (_) @join.part) @join
(boolean_operator left: (_) @either.left operator: "or" right: (_) @either.right) @either
(boolean_operator left: (_) @both.left operator: "and" right: (_) @both.right) @both
(not_operator argument: (_) @not.value) @not
(comparison_operator . (_) @equal.left . operators: ["==" "is"] . (_) @equal.right .) @equal
(comparison_operator . (_) @unequal.left . operators: ["!=" "is not"] . (_) @unequal.right .) @unequal
; One of several: the right side is a list.
(comparison_operator . (_) @equal.left . operators: "in" . [(list) (tuple) (set)] @equal.right .) @equal
(comparison_operator . (_) @unequal.left . operators: "not in" . [(list) (tuple) (set)] @unequal.right .) @unequal
(await (_) @inner.value) @inner
(parenthesized_expression (_) @inner.value) @inner

; Choices
(conditional_expression . (_) @choice.then . (_) @choice.test . (_) @choice.else .) @choice
(if_statement condition: (_) @choice.test consequence: (_) @choice.then alternative: (_)? @choice.else) @choice
(elif_clause condition: (_) @choice.test consequence: (_) @choice.then) @choice
(match_statement subject: (_) @switch.subject body: (block (case_clause) @switch.case)) @switch
; A bare name takes whatever comes, and is no value.
(case_clause [(case_pattern (union_pattern (_) @case.value)) (case_pattern . (dotted_name . (identifier) .) .) (case_pattern) @case.value] guard: (if_clause (_) @case.test)? consequence: (block (_)? @case.body)) @case
(return_statement (_)? @return.value) @return
(raise_statement (_)? @return.value) @return
(block (_)? @group.item) @group

; Names that are set
(assignment left: (_) @bind.name type: (_)? @bind.type right: (_)? @bind.value) @bind
(augmented_assignment left: (_) @append.name operator: ["+=" "|="] right: (_) @append.value) @append
(named_expression name: (_) @bind.name value: (_) @bind.value) @bind
(as_pattern . (_) @bind.value alias: (_) @bind.name) @bind

; Functions and classes
(function_definition name: (_) @function.name parameters: (parameters (_)? @function.parameter) body: (_) @function.body) @function
(lambda parameters: (lambda_parameters (_)? @function.parameter)? body: (_) @function.value) @function
(default_parameter name: (_) @parameter.name value: (_) @parameter.value) @parameter
(typed_default_parameter name: (_) @parameter.name type: (_) @parameter.type value: (_) @parameter.value) @parameter
(typed_parameter . (_) @parameter.name type: (_) @parameter.type) @parameter
; `table=True` behind the bases is said of the class.
(class_definition name: (_) @class.name superclasses: (argument_list [(keyword_argument) @class.mark (_) @class.base]?)? body: (block (_)? @class.body)) @class
(decorated_definition (decorator) @marked.mark definition: (_) @marked.value) @marked
(decorator (_) @mark.value) @mark

; Modules
(future_import_statement) @skip
(import_statement name: (_) @import.module) @import
(import_from_statement module_name: (_) @import.from [(wildcard_import) @import.all]? name: (_)? @import.name) @import
(aliased_import name: (_) @imported.name alias: (_) @imported.alias) @imported

; Types say nothing, and are passed by.
[(type) (type_alias_statement) (global_statement) (nonlocal_statement)] @skip

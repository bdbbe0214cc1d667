; Scala: which nodes are what, as `code/query.rs` reads it.

; Constants. The constant parts of strings have no nodes.
(string (escape_sequence)? @text.escape) @text @text.around
(interpolated_string (interpolation)? @text.hole (escape_sequence)? @text.escape) @text @text.around
(interpolation (block (_) @inner.value)) @inner
(interpolated_string_expression interpolator: (identifier) @inner.name (interpolated_string) @inner.value (#any-of? @inner.name "s" "f" "raw")) @inner
(interpolated_string_expression interpolator: (identifier) @call.callee (interpolated_string) @call.argument) @call
(character_literal) @text
(quote_expression (identifier)) @symbol
[(integer_literal) (floating_point_literal) (boolean_literal) (null_literal) (unit)] @word

; Names. Types say nothing where they are no callee, base or annotation.
[(identifier) (operator_identifier) (type_identifier) (wildcard)] @name
(field_expression value: (_) @member.object field: (_) @member.name) @member
(stable_identifier . (_) @member.object (identifier) @member.name .) @member
(stable_type_identifier . (_) @member.object (type_identifier) @member.name .) @member
; `TableQuery[Users]` is called by nobody and stands for a table.
(generic_function function: (identifier) @call.callee type_arguments: (type_arguments (_) @call.type) (#eq? @call.callee "TableQuery")) @call
(generic_function function: (_) @inner.value) @inner
(generic_type type: (_) @inner.value) @inner
(annotated_type . (_) @inner.value) @inner
(compound_type base: (_) @inner.value) @inner
[(type_arguments) (type_parameters) (self_type) (end_marker) (type_definition) (function_type) (structural_type) (tuple_type)] @skip

; Maps and lists
(infix_expression left: (_) @pair.key operator: (operator_identifier) @pair.operator right: (_) @pair.value (#eq? @pair.operator "->")) @pair
(call_expression function: [(identifier) @map.function (generic_function function: (identifier) @map.function)] arguments: (arguments (_)? @map.item) (#any-of? @map.function "Map" "HashMap" "ListMap" "TreeMap")) @map
(call_expression function: [(identifier) @items.function (generic_function function: (identifier) @items.function)] arguments: (arguments (_)? @items.item) (#any-of? @items.function "Seq" "List" "Set" "Vector" "Array" "IndexedSeq" "NonEmptyList")) @items
(tuple_expression (_) @items.item) @items

; Calls
(call_expression function: [(generic_function function: (_) @call.callee type_arguments: (type_arguments (_) @call.type)) (_) @call.callee] arguments: (arguments (_)? @call.argument)) @call
(call_expression function: [(generic_function function: (_) @call.callee type_arguments: (type_arguments (_) @call.type)) (_) @call.callee] arguments: [(block . (lambda_expression) @call.block .) (block) @call.block (case_block) @call.block (colon_argument) @call.block]) @call
(colon_argument lambda_start: [(bindings (_)? @function.parameter) (identifier) @function.parameter (wildcard)] [(indented_block) (indented_cases)] @function.value) @function
(colon_argument (_) @inner.value) @inner
(instance_expression . (applied_constructor_type) @inner.value .) @inner
(instance_expression . (applied_constructor_type . (_) @call.callee (arguments (_)? @call.argument)) (template_body) @call.block) @call
(instance_expression . (template_body) @inner.value .) @inner
(instance_expression . [(generic_type type: (_) @call.callee type_arguments: (type_arguments (_) @call.type)) (_) @call.callee] arguments: (arguments (_)? @call.argument)? (template_body)? @call.block) @call
(applied_constructor_type . (_) @call.callee (arguments (_)? @call.argument)) @call
(arguments (_)? @selector.argument) @selector @selector.arguments

; Operators
(infix_expression left: (_) @join.part operator: (operator_identifier) @join.operator right: (_) @join.part (#any-of? @join.operator "+" "++")) @join
(infix_expression left: (_) @either.left operator: (operator_identifier) @either.operator right: (_) @either.right (#eq? @either.operator "||")) @either
(infix_expression left: (_) @either.left operator: (identifier) @either.operator right: (_) @either.right (#any-of? @either.operator "getOrElse" "orElse")) @either
(infix_expression left: (_) @both.left operator: (operator_identifier) @both.operator right: (_) @both.right (#eq? @both.operator "&&")) @both
(infix_expression left: (_) @equal.left operator: (operator_identifier) @equal.operator right: (_) @equal.right (#any-of? @equal.operator "==" "===")) @equal
(infix_expression left: (_) @unequal.left operator: (operator_identifier) @unequal.operator right: (_) @unequal.right (#any-of? @unequal.operator "!=" "=!=" "=!!=")) @unequal
(infix_expression left: (_) @bind.name operator: (operator_identifier) @bind.operator right: (_) @bind.value (#eq? @bind.operator ":=")) @bind
(infix_expression left: (_) @append.name operator: (operator_identifier) @append.operator right: (_) @append.value (#any-of? @append.operator "+=" "++=")) @append
(infix_expression left: (_) @call.object operator: (_) @call.name right: (_) @call.argument) @call
(prefix_expression "!" (_) @not.value) @not
(ascription_expression . (_) @inner.value) @inner
(method_value . (_) @inner.value) @inner
(parenthesized_expression (_) @inner.value) @inner

; Choices
(if_expression condition: (_) @choice.test consequence: (_) @choice.then alternative: (_)? @choice.else) @choice
(match_expression value: (_) @switch.subject body: [(case_block (case_clause)? @switch.case) (indented_cases (case_clause) @switch.case)]) @switch
[(case_block (case_clause)? @switch.case) (indented_cases (case_clause) @switch.case)] @switch
(case_clause pattern: (wildcard) (guard condition: (_) @case.test)? body: (_)? @case.body) @case
(case_clause pattern: (_) @case.value (guard condition: (_) @case.test)? body: (_)? @case.body) @case
(alternative_pattern (_) @several.item) @several
(case_class_pattern type: (_) @call.callee pattern: (_)? @call.argument) @call
(typed_pattern type: (_) @inner.value) @inner
(capture_pattern pattern: (_) @inner.value) @inner
(tuple_pattern (_) @items.item) @items
[(return_expression (_)? @return.value) (throw_expression (_) @return.value)] @return
[(block (_)? @group.item) (indented_block (_)? @group.item) (template_body (_)? @group.item)] @group
(enumerator . (_) @bind.name . (_) @bind.value) @bind

; Names that are set
(val_definition (annotation)? @bind.mark pattern: (_) @bind.name type: (_)? @bind.type value: (_) @bind.value) @bind
(var_definition (annotation)? @bind.mark pattern: (_) @bind.name type: (_)? @bind.type value: (_) @bind.value) @bind
[(val_declaration (annotation)? @bind.mark name: (_) @bind.name type: (_) @bind.type) (var_declaration (annotation)? @bind.mark name: (_) @bind.name type: (_) @bind.type)] @bind
(given_definition name: (_)? @bind.name return_type: (_) @bind.type body: (_)? @bind.value) @bind
(assignment_expression left: (identifier) @argument.name right: (_) @argument.value) @argument
(assignment_expression left: (_) @bind.name right: (_) @bind.value) @bind
(enum_case_definitions (_) @several.item) @several
(simple_enum_case name: (_) @bind.name extend: (extends_clause (_) @bind.value)?) @bind

; Functions and classes
(parameter (annotation)? @parameter.mark name: (_) @parameter.name type: (_)? @parameter.type default_value: (_)? @parameter.value) @parameter
(class_parameter (annotation)? @parameter.mark name: (_) @parameter.name type: (_)? @parameter.type default_value: (_)? @parameter.value) @parameter
(binding name: (_) @parameter.name type: (_)? @parameter.type) @parameter
(function_definition (annotation)? @function.mark name: (_) @function.name parameters: (parameters (parameter)? @function.parameter)? body: (_) @function.value) @function
(function_declaration (annotation)? @function.mark name: (_) @function.name parameters: (parameters (parameter)? @function.parameter)?) @function
(lambda_expression parameters: [(bindings (_)? @function.parameter) (identifier) @function.parameter (_)] ["=>" "?=>"] . (_)* @function.value) @function
(extension_definition body: (_) @inner.value) @inner
(class_definition (annotation)? @class.mark name: (_) @class.name class_parameters: (class_parameters (class_parameter)? @class.parameter)? extend: (extends_clause (_) @class.base)? body: (template_body (_)? @class.body)?) @class
(trait_definition (annotation)? @class.mark name: (_) @class.name class_parameters: (class_parameters (class_parameter)? @class.parameter)? extend: (extends_clause (_) @class.base)? body: (template_body (_)? @class.body)?) @class
[(object_definition (annotation)? @class.mark name: (_) @class.name extend: (extends_clause (_) @class.base)? body: (template_body (_)? @class.body)?) (package_object name: (_) @class.name extend: (extends_clause (_) @class.base)? body: (template_body (_)? @class.body)?)] @class
(enum_definition (annotation)? @class.mark name: (_) @class.name class_parameters: (class_parameters (class_parameter)? @class.parameter)? extend: (extends_clause (_) @class.base)? body: (enum_body (_)? @class.body)) @class
(full_enum_case name: (_) @class.name class_parameters: (class_parameters (class_parameter)? @class.parameter) extend: (extends_clause (_) @class.base)?) @class
(annotation name: (_) @call.callee arguments: (arguments (_)? @call.argument)) @call
(annotation name: (_) @mark.value) @mark

; Modules
(package_clause body: (_) @inner.value) @inner
(package_clause) @skip
(import_declaration path: (_) @import.from (namespace_selectors [(identifier) (arrow_renamed_identifier) (as_renamed_identifier) (namespace_wildcard)] @import.name)) @import
(import_declaration path: (_) @import.from (namespace_wildcard) @import.all) @import
(import_declaration path: (_) @import.from (as_renamed_identifier) @import.name) @import
(import_declaration path: (_) @import.from path: (identifier) @import.all .) @import
(export_declaration) @skip
(arrow_renamed_identifier name: (_) @imported.name alias: (_) @imported.alias) @imported
(as_renamed_identifier name: (_) @imported.name alias: (_) @imported.alias) @imported

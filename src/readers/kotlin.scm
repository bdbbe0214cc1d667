; Kotlin: which nodes are what, as `code/query.rs` reads it. The grammar names few parts: their places tell them.

; Constants
(string_literal (string_content)? @text.dollars (escape_sequence)? @text.escape (interpolation)? @text.hole) @text
(multiline_string_literal (string_content)? @text.raw (interpolation)? @text.hole) @text
(character_literal) @text
[(number_literal) (float_literal) (callable_reference)] @word
((identifier) @word (#any-of? @word "true" "false" "null"))

; Names. Types say nothing where they are no callee, base or annotation.
[(identifier) (this_expression) (super_expression)] @name
["this" "super"] @name
[(class_modifier) (member_modifier) (function_modifier) (property_modifier) (inheritance_modifier)] @name
[(user_type) (nullable_type) (non_nullable_type) (function_type) (parenthesized_type) (type_arguments) (type_parameters) (type_constraints) (visibility_modifier) (parameter_modifier) (platform_modifier) (label) (use_site_target)] @skip
(navigation_expression . (_) @member.object (identifier) @member.name .) @member
(index_expression . (_) @index.object . (_) @index.key .) @index

; Maps and lists
(infix_expression . (_) @pair.key . (identifier) @pair.operator . (_) @pair.value . (#eq? @pair.operator "to")) @pair
(infix_expression . (_) @call.object . (identifier) @call.name . (_) @call.argument .) @call
(call_expression . (identifier) @map.function (value_arguments (value_argument (_) @map.item .)?) (#any-of? @map.function "mapOf" "mutableMapOf" "hashMapOf" "linkedMapOf" "sortedMapOf")) @map
(call_expression . (identifier) @items.function (value_arguments (value_argument (_) @items.item .)?) (#any-of? @items.function "listOf" "mutableListOf" "arrayListOf" "setOf" "mutableSetOf" "arrayOf" "sequenceOf")) @items
(collection_literal (_) @items.item) @items

; Calls
(call_expression . (_) @call.callee (type_arguments (_) @call.type)? (value_arguments (_)? @call.argument)? (annotated_lambda)? @call.block) @call
(value_argument . (identifier) @argument.name . (_) @argument.value .) @argument
(value_argument (infix_expression . (string_literal) @argument.name . (identifier) @argument.operator . (_) @argument.value .) (#eq? @argument.operator "to")) @argument
(value_argument (_) @argument.value .) @argument
(constructor_invocation (user_type (identifier) @call.callee .) (value_arguments (_)? @call.argument)) @call
(constructor_invocation (user_type (identifier) @call.callee) (value_arguments (_)? @call.argument)) @call
(constructor_delegation_call ["this" "super"] @call.callee (value_arguments (_)? @call.argument)) @call

; Operators
(binary_expression left: (_) @join.part operator: "+" right: (_) @join.part) @join
(binary_expression left: (_) @either.left operator: ["?:" "||"] right: (_) @either.right) @either
(binary_expression left: (_) @both.left operator: "&&" right: (_) @both.right) @both
(binary_expression left: (_) @equal.left operator: ["==" "==="] right: (_) @equal.right) @equal
(binary_expression left: (_) @unequal.left operator: ["!=" "!=="] right: (_) @unequal.right) @unequal
(unary_expression operator: "!" argument: (_) @not.value) @not
(in_expression left: (_) @call.object ["in" "!in"] @call.name right: (_) @call.argument) @call
(is_expression left: (_) @call.object ["is" "!is"] @call.name right: (user_type (identifier) @call.argument)) @call
(is_expression left: (_) @inner.value) @inner
(as_expression left: (_) @inner.value) @inner
(spread_expression (_) @inner.value) @inner
(parenthesized_expression (_) @inner.value) @inner

; Choices
(if_expression condition: (_) @choice.test ")" . (_) @choice.then "else" . (_) @choice.else) @choice
(if_expression condition: (_) @choice.test ")" . (_) @choice.then) @choice
(when_expression (when_subject (_) @switch.subject .)? (when_entry)? @switch.case) @switch
(when_entry condition: (_)? @case.value "->" . (_) @case.body) @case
(type_test (user_type (identifier) @inner.value)) @inner
(return_expression label: (_) . (_) @return.value) @return
(return_expression label: (_)) @return
(return_expression (_)? @return.value) @return
(throw_expression (_) @return.value) @return
(block (_)? @group.item) @group
(catch_block (block) @inner.value) @inner

; Names that are set
(property_declaration (modifiers (_) @bind.mark)? [(variable_declaration (annotation)? @bind.mark (identifier) @bind.name [(user_type) (nullable_type) (non_nullable_type) (function_type) (parenthesized_type)]? @bind.type) (multi_variable_declaration) @bind.name] "="? . (_)? @bind.value (property_delegate)? @bind.value (getter [(function_body (block)) @bind.value (function_body "=" . (_) @bind.value)]?)?) @bind
(getter (function_body (block) @function.body)) @function
(setter) @skip
(multi_variable_declaration (_) @items.item) @items
(variable_declaration (identifier) @parameter.name [(user_type) (nullable_type) (non_nullable_type) (function_type) (parenthesized_type)]? @parameter.type) @parameter
(assignment left: (_) @bind.name operator: "=" right: (_) @bind.value) @bind
(assignment left: (_) @append.name operator: "+=" right: (_) @append.value) @append
(enum_entry (modifiers (_) @bind.mark)? (identifier) @bind.name (value_arguments (value_argument (_) @bind.value .))? (class_body)? @bind.value) @bind
(type_alias) @skip

; Functions and classes
(parameter (identifier) @parameter.name ":" . (_) @parameter.type) @parameter
(class_parameter (modifiers (_) @parameter.mark)? (identifier) @parameter.name ":" . (_) @parameter.type "=" . (_) @parameter.value) @parameter
(class_parameter (modifiers (_) @parameter.mark)? (identifier) @parameter.name ":" . (_) @parameter.type) @parameter
(function_declaration (modifiers (_) @function.mark)? name: (_) @function.name (function_value_parameters [(parameter_modifiers) (parameter)]? @function.parameter "="? . (_)? @function.default) [(function_body (block) @function.body) (function_body "=" . (_) @function.value)]?) @function
(anonymous_function (function_value_parameters [(parameter_modifiers) (parameter)]? @function.parameter "="? . (_)? @function.default) [(function_body (block) @function.body) (function_body "=" . (_) @function.value)]?) @function
(secondary_constructor (modifiers (_) @function.mark)? "constructor" @function.name (function_value_parameters [(parameter_modifiers) (parameter)]? @function.parameter "="? . (_)? @function.default) (constructor_delegation_call)? @function.body (block)? @function.body) @function
(lambda_literal (lambda_parameters (_) @function.parameter)? (_)? @function.value) @function
(lambda_parameters) @skip
(class_declaration (modifiers (_) @class.mark)? name: (_) @class.name (primary_constructor (class_parameters (_)? @class.parameter))? (delegation_specifiers (delegation_specifier [(constructor_invocation) @class.base (user_type (identifier) @class.base) (explicit_delegation) @class.base]))? [(class_body (_)? @class.body) (enum_class_body (_)? @class.body)]?) @class
(object_declaration (modifiers (_) @class.mark)? name: (_) @class.name (delegation_specifiers (delegation_specifier [(constructor_invocation) @class.base (user_type (identifier) @class.base) (explicit_delegation) @class.base]))? (class_body (_)? @class.body)?) @class
(companion_object (modifiers (_) @class.mark)? name: (_)? @class.name (delegation_specifiers (delegation_specifier [(constructor_invocation) @class.base (user_type (identifier) @class.base) (explicit_delegation) @class.base]))? (class_body (_)? @class.body)?) @class
(object_literal (delegation_specifiers (delegation_specifier [(constructor_invocation) @class.base (user_type (identifier) @class.base) (explicit_delegation) @class.base]))? (class_body (_)? @class.body)) @class
(explicit_delegation (user_type (identifier) @call.callee) "by" . (_) @call.argument) @call
(class_body (_)? @group.item) @group
(parameter_modifiers (annotation [(constructor_invocation) @mark.value (user_type (identifier) @mark.value)])) @mark
(parameter_modifiers) @skip
(annotation (constructor_invocation) @mark.value) @mark
(annotation (user_type (identifier) @mark.value .)) @mark
(annotation (user_type (identifier) @mark.value)) @mark

; Modules
[(package_header) (file_annotation) (shebang)] @skip
(import (qualified_identifier) @import.from "*" @import.all) @import
(import (qualified_identifier) @import.from "as" . (identifier) @import.all) @import
(import (qualified_identifier (identifier) @import.all .) @import.from) @import

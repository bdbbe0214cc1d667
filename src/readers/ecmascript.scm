; JavaScript and TypeScript: which nodes are what, as `code/query.rs` reads it. What only one of them has lies in
; `javascript.scm`, `typescript.scm` and `jsx.scm`.

; Constants
(string (string_fragment)? @text.part (escape_sequence)? @text.escape) @text
(template_string (string_fragment)? @text.part (escape_sequence)? @text.escape (template_substitution (_) @text.hole)?) @text
[(number) (true) (false) (null) (undefined) (regex)] @word

; Names
[(identifier) (shorthand_property_identifier) (shorthand_property_identifier_pattern) (private_property_identifier) (property_identifier) (this) (super) (statement_identifier)] @name
(member_expression object: (_) @member.object property: (_) @member.name) @member
(subscript_expression object: (_) @index.object index: (_) @index.key) @index
(meta_property) @name

; Calls
(call_expression function: (import)) @skip
; sql`…`
(call_expression function: (_) @call.callee arguments: (template_string) @call.argument) @call
(call_expression function: (_) @call.callee arguments: (arguments (_) @call.argument)?) @call
(new_expression constructor: (_) @call.callee arguments: (arguments (_) @call.argument)?) @call

; Maps and lists
(object [(pair) (shorthand_property_identifier) (spread_element) (method_definition)]? @map.item) @map
(object_pattern (_) @map.item) @map
(pair key: (computed_property_name (_) @pair.key) value: (_) @pair.value) @pair
(pair key: (_) @pair.key value: (_) @pair.value) @pair
(pair_pattern key: (_) @pair.key value: (_) @pair.value) @pair
(object_assignment_pattern left: (_) @bind.name right: (_) @bind.value) @bind
(array (_)? @items.item) @items
(spread_element (_) @spread.value) @spread

; Operators
(binary_expression left: (_) @join.part operator: "+" right: (_) @join.part) @join
(binary_expression left: (_) @either.left operator: ["??" "||"] right: (_) @either.right) @either
(binary_expression left: (_) @both.left operator: "&&" right: (_) @both.right) @both
(binary_expression left: (_) @equal.left operator: ["===" "=="] right: (_) @equal.right) @equal
(binary_expression left: (_) @unequal.left operator: ["!==" "!="] right: (_) @unequal.right) @unequal
(unary_expression operator: "!" argument: (_) @not.value) @not
(unary_expression operator: "typeof" @call.callee argument: (_) @call.argument) @call
(await_expression (_) @inner.value) @inner
(parenthesized_expression (_) @inner.value) @inner

; Choices
(ternary_expression condition: (_) @choice.test consequence: (_) @choice.then alternative: (_) @choice.else) @choice
(if_statement condition: (_) @choice.test consequence: (_) @choice.then alternative: (else_clause (_) @choice.else)?) @choice
(switch_statement value: (_) @switch.subject body: (switch_body [(switch_case) (switch_default)] @switch.case)) @switch
(switch_case value: (_) @case.value body: (_)? @case.body) @case
(switch_default body: (_)? @case.body) @case
(return_statement (_)? @return.value) @return
(throw_statement (_)? @return.value) @return
[(break_statement) (continue_statement)] @skip
(statement_block (_)? @group.item) @group

; Names that are set
(variable_declarator name: (_) @bind.name value: (_)? @bind.value) @bind
(assignment_expression left: (_) @bind.name right: (_) @bind.value) @bind
(augmented_assignment_expression left: (_) @bind.name operator: ["||=" "??="] right: (_) @bind.value) @bind
(assignment_pattern left: (_) @parameter.name right: (_) @parameter.value) @parameter

; Functions and classes
(function_declaration name: (_) @function.name parameters: (formal_parameters (_)? @function.parameter) body: (_) @function.body) @function
(function_expression name: (_)? @function.name parameters: (formal_parameters (_)? @function.parameter) body: (_) @function.body) @function
(generator_function_declaration name: (_) @function.name body: (_) @function.body) @function
(arrow_function parameters: (formal_parameters (_)? @function.parameter)? parameter: (_)? @function.parameter body: (_) @function.value) @function
(method_definition name: (_) @function.name parameters: (formal_parameters (_)? @function.parameter) body: (_) @function.body) @function
(decorator (_) @mark.value) @mark

; Modules
(import_statement (import_clause (identifier) @import.default)? (import_clause (namespace_import (identifier) @import.all))? (import_clause (named_imports (import_specifier) @import.name))? source: (_) @import.from) @import
(import_specifier name: (_) @imported.name alias: (_)? @imported.alias) @imported
(export_statement decorator: (_) @marked.mark declaration: (_) @marked.value) @marked
(export_statement "default" @bind.name value: (_) @bind.value) @bind
(export_statement "default" @bind.name declaration: (_) @bind.value) @bind
(export_statement (export_clause (export_specifier) @import.name) source: (_) @import.from) @import
(export_statement "*" @import.all source: (_) @import.from) @import
(export_specifier name: (_) @imported.name alias: (_)? @imported.alias) @imported

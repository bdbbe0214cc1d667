; Rust: which nodes are what, as `code/query.rs` reads it.

; Constants
(string_literal (string_content)? @text.part (escape_sequence)? @text.escape) @text
(raw_string_literal (string_content) @text.raw) @text
(raw_string_literal) @text
(char_literal) @text
[(integer_literal) (float_literal) (boolean_literal) (negative_literal)] @word

; Names
[(identifier) (field_identifier) (shorthand_field_identifier) (type_identifier) (self) (super) (crate) (metavariable) "_"] @name
(field_expression value: (_) @member.object field: (_) @member.name) @member
(scoped_identifier path: [(bracketed_type) (crate) (generic_type) (identifier) (metavariable) (scoped_identifier) (self) (super)] @member.object name: (_) @member.name) @member
(scoped_identifier name: (_) @inner.value) @inner
(scoped_type_identifier path: (_) @member.object name: (_) @member.name) @member
(scoped_type_identifier name: (_) @inner.value) @inner
(index_expression . (_) @index.object (_) @index.key .) @index
(generic_type type: (_) @inner.value) @inner
(generic_type_with_turbofish type: (_) @inner.value) @inner
(generic_function function: (_) @inner.value) @inner
(bracketed_type (qualified_type type: (_) @inner.value)) @inner

; Types say nothing, and are passed by.
[(type_arguments) (type_parameters) (where_clause) (visibility_modifier) (mutable_specifier) (lifetime) (label) (trait_bounds) (reference_type) (primitive_type) (array_type) (tuple_type) (pointer_type) (function_type) (dynamic_type) (abstract_type) (inner_attribute_item) (type_item) (associated_type) (extern_crate_declaration) (self_parameter) (function_modifiers) (unit_expression)] @skip

; Calls. What only hands its value on is that value: `"ca".to_owned()`, `String::from("ca")`, `Some("ca")`, `x?`.
(call_expression function: (field_expression value: (_) @inner.value field: (_) @inner.name) (#any-of? @inner.name "to_string" "to_owned" "into" "clone" "cloned" "as_str" "as_ref" "as_deref" "unwrap" "expect" "ok")) @inner
(call_expression function: (scoped_identifier path: (_) @inner.type name: (_) @inner.name) arguments: (arguments (_) @inner.value) (#any-of? @inner.type "String" "Cow" "Some" "Box" "Arc" "Rc" "Cow") (#any-of? @inner.name "from" "new")) @inner
(call_expression function: (identifier) @inner.name arguments: (arguments (_) @inner.value) (#any-of? @inner.name "Ok" "Some")) @inner
(call_expression function: (_) @call.callee arguments: (arguments (_)? @call.argument)) @call
(struct_expression name: (_) @call.callee body: (field_initializer_list (_)? @call.argument)) @call
(field_initializer field: (_) @argument.name value: (_) @argument.value) @argument
(shorthand_field_initializer (identifier) @argument.name @argument.value) @argument
(base_field_initializer (_) @inner.value) @inner

(type_cast_expression value: (_) @inner.value) @inner

; Macros
(macro_invocation macro: (identifier) @return.name (#any-of? @return.name "panic" "bail" "unreachable" "todo" "unimplemented")) @return
(macro_invocation macro: (identifier) @inner.name (token_tree) @inner.value (#any-of? @inner.name "vec" "json" "doc" "bson" "phf_map" "hashmap" "btreemap" "lazy_static")) @inner
(macro_invocation macro: (_) @call.callee (token_tree) @call.argument) @call
[(token_tree) (token_tree_pattern)] @tokens

; Lists
(array_expression (_)? @items.item) @items
(tuple_expression (_)? @items.item) @items
(tuple_pattern [(_) "_"]? @items.item) @items
(tuple_struct_pattern type: (identifier) @inner.type (_) @inner.value . (#any-of? @inner.type "Ok" "Some")) @inner
(tuple_struct_pattern type: (_) @inner.value) @inner
(struct_pattern type: (_) @inner.value) @inner

; Operators
(binary_expression left: (_) @join.part operator: "+" right: (_) @join.part) @join
(binary_expression left: (_) @either.left operator: "||" right: (_) @either.right) @either
(binary_expression left: (_) @both.left operator: "&&" right: (_) @both.right) @both
(binary_expression left: (_) @equal.left operator: "==" right: (_) @equal.right) @equal
(binary_expression left: (_) @unequal.left operator: "!=" right: (_) @unequal.right) @unequal
(unary_expression "!" (_) @not.value) @not
(unary_expression "-") @word

; Choices
(if_expression condition: (let_chain (_) @choice.test) consequence: (_) @choice.then alternative: (else_clause (_) @choice.else)?) @choice
(if_expression condition: (_) @choice.test consequence: (_) @choice.then alternative: (else_clause (_) @choice.else)?) @choice
(let_condition pattern: (_) @bind.name value: (_) @bind.value) @bind
(match_expression value: (_) @switch.subject body: (match_block (match_arm)? @switch.case)) @switch
(match_arm pattern: (match_pattern . (_)? @case.value condition: (_) @case.test) value: (_) @case.body) @case
(match_arm pattern: (match_pattern (_)? @case.value) value: (_) @case.body) @case
(or_pattern (_)? @several.item) @several
(return_expression (_)? @return.value) @return
(block (_)? @group.item) @group
(for_expression value: (_) @group.item body: (_) @group.item) @group

; Names that are set
(let_declaration pattern: (_) @bind.name type: (_)? @bind.type value: (_)? @bind.value alternative: (_)? @bind.otherwise) @bind
(const_item name: (_) @bind.name type: (_) @bind.type value: (_)? @bind.value) @bind
(static_item name: (_) @bind.name type: (_) @bind.type value: (_)? @bind.value) @bind
(assignment_expression left: (_) @bind.name right: (_) @bind.value) @bind
(compound_assignment_expr left: (_) @append.name operator: "+=" right: (_) @append.value) @append

; Functions
(function_item name: (_) @function.name parameters: (parameters (_)? @function.parameter) body: (_) @function.body) @function
(function_signature_item name: (_) @function.name parameters: (parameters (_)? @function.parameter)) @function
(closure_expression parameters: (closure_parameters (_)? @function.parameter) body: (_) @function.value) @function
(parameter pattern: (_) @parameter.name type: (_) @parameter.type) @parameter

; Structs, enums, and what is implemented for them
(struct_item name: (_) @class.name body: (field_declaration_list (_)? @class.body)) @class
(struct_item name: (_) @class.name) @class
(union_item) @skip
(enum_item name: (_) @class.name body: (enum_variant_list (_)? @class.body)) @class
(enum_variant name: (_) @class.name body: (field_declaration_list (_)? @class.body)) @class
(enum_variant name: (_) @bind.name value: (_)? @bind.value) @bind
(field_declaration name: (_) @bind.name type: (_) @bind.type) @bind
(trait_item name: (_) @class.name body: (declaration_list (_)? @class.body)) @class
(impl_item trait: (_)? @class.base type: [(type_identifier) @class.name (generic_type type: (_) @class.name) (scoped_type_identifier name: (_) @class.name)] body: (declaration_list (_)? @class.body)) @class
(mod_item name: (_) @class.name body: (declaration_list (_)? @class.body)) @class
(mod_item) @skip

; Attributes
(attribute_item (attribute) @mark.value) @mark
(attribute . (_) @call.callee arguments: (_) @call.argument) @call
(attribute . (_) @bind.name value: (_) @bind.value) @bind

; Modules
(use_declaration argument: (scoped_identifier path: (_) @import.from name: (_) @import.name)) @import
(use_declaration argument: (scoped_use_list path: (_) @import.from list: (use_list (_) @import.name))) @import
(use_declaration argument: (use_as_clause path: (scoped_identifier path: (_) @import.from)) @import.name) @import
(use_declaration argument: (use_wildcard (_) @import.from "*" @import.all)) @import
(use_declaration argument: (_) @import.module) @import
(use_as_clause path: (scoped_identifier name: (_) @imported.name) alias: (_) @imported.alias) @imported
(use_as_clause path: (_) @imported.name alias: (_) @imported.alias) @imported

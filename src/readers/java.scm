; Java: which nodes are what, as `code/query.rs` reads it.

; Constants
(string_literal [(string_fragment) (multiline_string_fragment)]? @text.part (escape_sequence)? @text.escape (string_interpolation)? @text.hole) @text
(character_literal) @text
[(decimal_integer_literal) (hex_integer_literal) (octal_integer_literal) (binary_integer_literal) (decimal_floating_point_literal) (hex_floating_point_literal) (true) (false) (null_literal) (class_literal)] @word
(template_expression template_argument: (_) @inner.value) @inner

; Names. Types say nothing where they are no callee, base or annotation.
[(identifier) (type_identifier) (this) (super)] @name
["static" "final" "transient" "abstract"] @name
(scoped_identifier scope: (_) @member.object name: (_) @member.name) @member
(scoped_type_identifier . (_) @member.object (type_identifier) @member.name .) @member
(field_access object: (_) @member.object field: (_) @member.name) @member
(method_reference . (_) @inner.value "new") @inner
(method_reference . (_) @member.object (identifier) @member.name .) @member
(array_access array: (_) @index.object index: (_) @index.key) @index
(generic_type [(type_identifier) (scoped_type_identifier)] @inner.value) @inner
(annotated_type (_) @inner.value .) @inner
[(void_type) (integral_type) (floating_point_type) (boolean_type) (array_type) (type_arguments) (type_parameters) (throws) (permits) (dimensions) (wildcard)] @skip

; Maps and lists
(method_invocation object: (identifier) @pairs.type name: (identifier) @pairs.method arguments: (argument_list . (_) @pairs.item . (_) @pairs.item . (_)* @pairs.item) (#any-of? @pairs.type "Map" "ImmutableMap" "ImmutableSortedMap") (#eq? @pairs.method "of")) @pairs
(method_invocation object: (identifier) @map.type name: (identifier) @map.method arguments: (argument_list (_)? @map.item) (#any-of? @map.type "Map" "ImmutableMap") (#any-of? @map.method "of" "ofEntries")) @map
(method_invocation object: (identifier) @pair.type name: (identifier) @pair.method arguments: (argument_list . (_) @pair.key . (_) @pair.value .) (#any-of? @pair.type "Map" "Maps" "Pair") (#any-of? @pair.method "entry" "immutableEntry" "of")) @pair
(method_invocation name: (identifier) @pair.method arguments: (argument_list . (_) @pair.key . (_) @pair.value .) !object (#eq? @pair.method "entry")) @pair
(method_invocation object: (identifier) @items.type name: (identifier) @items.method arguments: (argument_list (_)? @items.item) (#any-of? @items.type "List" "Set" "Arrays" "ImmutableList" "ImmutableSet" "EnumSet" "Stream") (#any-of? @items.method "of" "asList")) @items
(array_initializer (_)? @items.item) @items
(element_value_array_initializer (_)? @items.item) @items
(array_creation_expression value: (array_initializer (_)? @items.item)) @items
(array_creation_expression) @skip

; Calls
(method_invocation object: (_)? @call.object type_arguments: (type_arguments (_)? @call.type)? name: (_) @call.name arguments: (argument_list (_)? @call.argument)) @call
(object_creation_expression type: [(generic_type [(type_identifier) (scoped_type_identifier)] @call.callee (type_arguments (_)? @call.type)) (_) @call.callee] arguments: (argument_list (_)? @call.argument) (class_body)? @call.block) @call
(explicit_constructor_invocation constructor: (_) @call.callee arguments: (argument_list (_)? @call.argument)) @call

; Operators
(binary_expression left: (_) @join.part operator: "+" right: (_) @join.part) @join
(binary_expression left: (_) @either.left operator: "||" right: (_) @either.right) @either
(binary_expression left: (_) @both.left operator: "&&" right: (_) @both.right) @both
(binary_expression left: (_) @equal.left operator: "==" right: (_) @equal.right) @equal
(binary_expression left: (_) @unequal.left operator: "!=" right: (_) @unequal.right) @unequal
(unary_expression operator: "!" operand: (_) @not.value) @not
(instanceof_expression left: (_) @call.object "instanceof" @call.name right: (_)? @call.argument) @call
(cast_expression value: (_) @inner.value) @inner
(parenthesized_expression (_) @inner.value) @inner

; Choices
(ternary_expression condition: (_) @choice.test consequence: (_) @choice.then alternative: (_) @choice.else) @choice
(if_statement condition: (_) @choice.test consequence: (_) @choice.then alternative: (_)? @choice.else) @choice
(switch_expression condition: (_) @switch.subject body: (switch_block [(switch_block_statement_group) (switch_rule)]? @switch.case)) @switch
(switch_rule (switch_label [(guard (_) @case.test) (_) @case.value]?) "->" . (_) @case.body) @case
(switch_block_statement_group (switch_label [(guard (_) @case.test) (_) @case.value]?) ":" . (_)* @case.body) @case
(switch_label) @skip
(type_pattern . (_) @inner.value) @inner
(record_pattern . (_) @inner.value) @inner
[(return_statement (_)? @return.value) (throw_statement (_) @return.value) (yield_statement (_) @return.value)] @return
[(break_statement) (continue_statement)] @skip
[(block (_)? @group.item) (constructor_body (_)? @group.item) (class_body (_)? @group.item)] @group
(enhanced_for_statement value: (_) @group.item body: (_) @group.item) @group
(catch_formal_parameter) @skip

; Names that are set
(local_variable_declaration (modifiers _ @bind.mark)? type: (_) @bind.var . declarator: (variable_declarator name: (_) @bind.name value: (_)? @bind.value) . (#eq? @bind.var "var")) @bind
[(local_variable_declaration (modifiers _ @bind.mark)? type: (_) @bind.type . declarator: (variable_declarator name: (_) @bind.name value: (_)? @bind.value) .) (field_declaration (modifiers _ @bind.mark)? type: (_) @bind.type . declarator: (variable_declarator name: (_) @bind.name value: (_)? @bind.value) .) (constant_declaration (modifiers _ @bind.mark)? type: (_) @bind.type . declarator: (variable_declarator name: (_) @bind.name value: (_)? @bind.value) .)] @bind
; Several names in one declaration stand for themselves.
[(local_variable_declaration declarator: (_) @several.item) (field_declaration declarator: (_) @several.item) (constant_declaration declarator: (_) @several.item)] @several
(variable_declarator name: (_) @bind.name value: (_)? @bind.value) @bind
(resource type: (_) @bind.type name: (_) @bind.name value: (_) @bind.value) @bind
(assignment_expression left: (_) @bind.name operator: "=" right: (_) @bind.value) @bind
(assignment_expression left: (_) @append.name operator: "+=" right: (_) @append.value) @append
(enum_constant (modifiers _ @bind.mark)? name: (_) @bind.name arguments: (argument_list (_)? @bind.value)? body: (class_body)? @bind.value) @bind
(annotation_type_element_declaration type: (_) @bind.type name: (_) @bind.name value: (_)? @bind.value) @bind

; Functions and classes
(formal_parameter (modifiers _ @parameter.mark)? type: (_) @parameter.type name: (_) @parameter.name) @parameter
(spread_parameter (modifiers _ @parameter.mark)? (variable_declarator name: (_) @parameter.name)) @parameter
(receiver_parameter) @skip
(method_declaration (modifiers _ @function.mark)? name: (_) @function.name parameters: (formal_parameters (_)? @function.parameter) body: (_)? @function.body) @function
(constructor_declaration (modifiers _ @function.mark)? name: (_) @function.name parameters: (formal_parameters (_)? @function.parameter) body: (_) @function.body) @function
(compact_constructor_declaration (modifiers _ @function.mark)? name: (_) @function.name body: (_) @function.body) @function
(lambda_expression parameters: [(identifier) @function.parameter (inferred_parameters (_) @function.parameter) (formal_parameters (_)? @function.parameter)] body: (_) @function.value) @function
(class_declaration (modifiers _ @class.mark)? name: (_) @class.name superclass: (superclass (_) @class.base)? interfaces: (super_interfaces (type_list (_) @class.base))? body: (class_body (_)? @class.body)) @class
(record_declaration (modifiers _ @class.mark)? name: (_) @class.name parameters: (formal_parameters (_)? @class.parameter) interfaces: (super_interfaces (type_list (_) @class.base))? body: (class_body (_)? @class.body)) @class
(interface_declaration (modifiers _ @class.mark)? name: (_) @class.name (extends_interfaces (type_list (_) @class.base))? body: (interface_body (_)? @class.body)) @class
(enum_declaration (modifiers _ @class.mark)? name: (_) @class.name interfaces: (super_interfaces (type_list (_) @class.base))? body: (enum_body (enum_constant)? @class.body (enum_body_declarations (_)? @class.body)?)) @class
(annotation_type_declaration name: (_) @class.name body: (annotation_type_body (_)? @class.body)) @class
(marker_annotation name: (_) @mark.value) @mark
(annotation name: (_) @call.callee arguments: (annotation_argument_list (_)? @call.argument)) @call
(element_value_pair key: (_) @argument.name value: (_) @argument.value) @argument

; Modules
[(package_declaration) (module_declaration)] @skip
(import_declaration "static" (scoped_identifier) @import.from (asterisk) @import.all) @import
(import_declaration "static" (scoped_identifier scope: (_) @import.from name: (_) @import.name)) @import
(import_declaration [(scoped_identifier) (identifier)] @import.from (asterisk) @import.all) @import
(import_declaration (scoped_identifier name: (_) @import.all) @import.from) @import

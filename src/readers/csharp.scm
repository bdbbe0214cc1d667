; C#: which nodes are what, as `code/query.rs` reads it.

; Constants
(string_literal (string_literal_content)? @text.part (escape_sequence)? @text.escape) @text
(verbatim_string_literal) @text @text.doubled
(raw_string_literal (raw_string_content) @text.raw) @text
(interpolated_string_expression (interpolation_start) @text.start (string_content)? @text.doubled (interpolation)? @text.hole (#any-of? @text.start "$@" "@$")) @text
(interpolated_string_expression (string_content)? @text.part (escape_sequence)? @text.escape (interpolation)? @text.hole) @text
(interpolation_alignment_clause) @skip
(character_literal (character_literal_content)? @text.part (escape_sequence)? @text.escape) @text
[(integer_literal) (real_literal) (boolean_literal) (null_literal) (default_expression) (typeof_expression)] @word

; Names. Types say nothing where they are no callee, base or attribute.
[(identifier) (implicit_parameter) (predefined_type) (discard)] @name
["this" "base"] @name
["set" "init"] @name
((modifier) @name (#not-any-of? @name "public" "private" "protected" "internal"))
(modifier) @skip
[(nullable_type) (array_type) (pointer_type) (function_pointer_type) (tuple_type) (ref_type) (scoped_type) (implicit_type) (type_argument_list) (type_parameter_list) (type_parameter_constraints_clause) (sizeof_expression)] @skip
(generic_name . (identifier) @inner.value) @inner
(qualified_name qualifier: (_) @member.object name: [(identifier) @member.name (generic_name . (identifier) @member.name)]) @member
(alias_qualified_name name: (_) @inner.value) @inner
(member_access_expression expression: _ @member.object name: [(identifier) @member.name (generic_name . (identifier) @member.name)]) @member
(conditional_access_expression condition: _ @member.object (member_binding_expression name: [(identifier) @member.name (generic_name . (identifier) @member.name)])) @member
(conditional_access_expression condition: _ @index.object (element_binding_expression (argument) @index.key)) @index
(element_access_expression expression: _ @index.object subscript: (bracketed_argument_list (argument) @index.key)) @index

; Maps and lists
(object_creation_expression initializer: (initializer_expression (assignment_expression left: (element_binding_expression)) @map.item)) @map
(implicit_object_creation_expression (initializer_expression (assignment_expression left: (element_binding_expression)) @map.item)) @map
(object_creation_expression initializer: (initializer_expression (initializer_expression (_) @pairs.item))) @pairs
(implicit_object_creation_expression (initializer_expression (initializer_expression (_) @pairs.item))) @pairs
(assignment_expression left: (element_binding_expression (argument) @pair.key) right: (_) @pair.value) @pair
(anonymous_object_creation_expression (_)? @map.item "="? . (_)? @map.value) @map
(initializer_expression (_)? @items.item) @items
(array_creation_expression (initializer_expression (_)? @items.item)) @items
(array_creation_expression) @skip
(implicit_array_creation_expression (initializer_expression (_)? @items.item)) @items
(collection_expression (_)? @items.item) @items
(tuple_expression (_) @items.item) @items
(tuple_pattern (_) @items.item) @items

; Calls
(invocation_expression function: [(member_access_expression expression: _ @call.object name: (generic_name . (identifier) @call.name (type_argument_list (_) @call.type))) (conditional_access_expression condition: _ @call.object (member_binding_expression name: (generic_name . (identifier) @call.name (type_argument_list (_) @call.type)))) (generic_name . (identifier) @call.callee (type_argument_list (_) @call.type)) _ @call.callee] arguments: (argument_list (_)? @call.argument)) @call
(object_creation_expression type: [(generic_name . (identifier) @call.callee (type_argument_list (_) @call.type)) (_) @call.callee] arguments: (argument_list (_)? @call.argument)? initializer: (initializer_expression (_)? @call.argument)?) @call
(implicit_object_creation_expression "new" @call.name (argument_list (_)? @call.argument) (initializer_expression (_)? @call.argument)?) @call
(argument name: (_) @argument.name _ @argument.value .) @argument
(argument _ @argument.value .) @argument
(constructor_initializer ["base" "this"] @call.callee (argument_list (_)? @call.argument)) @call
(argument_list (_)? @selector.argument) @selector @selector.arguments
(with_expression . (_) @call.callee (with_initializer) @call.argument) @call
(with_initializer . (identifier) @argument.name . (_) @argument.value) @argument

; Operators
(binary_expression left: (_) @join.part operator: "+" right: (_) @join.part) @join
(binary_expression left: (_) @either.left operator: ["??" "||"] right: (_) @either.right) @either
(binary_expression left: (_) @both.left operator: "&&" right: (_) @both.right) @both
(binary_expression left: (_) @equal.left operator: "==" right: (_) @equal.right) @equal
(binary_expression left: (_) @unequal.left operator: "!=" right: (_) @unequal.right) @unequal
(is_pattern_expression expression: _ @equal.left pattern: (constant_pattern) @equal.right) @equal
(is_pattern_expression expression: _ @unequal.left pattern: (negated_pattern (constant_pattern) @unequal.right)) @unequal
(is_pattern_expression expression: _ @call.object "is" @call.name pattern: (_) @call.argument) @call
(is_expression left: _ @call.object operator: "is" @call.name right: (_) @call.argument) @call
(prefix_unary_expression "!" (_) @not.value) @not
(unary_expression operator: "!" argument: (_) @not.value) @not
(as_expression left: _ @inner.value) @inner
(cast_expression value: _ @inner.value) @inner
(await_expression (_) @inner.value) @inner
(parenthesized_expression (_) @inner.value) @inner
(declaration_expression name: (_) @inner.value) @inner

; Choices
(conditional_expression condition: (_) @choice.test consequence: (_) @choice.then alternative: (_) @choice.else) @choice
(if_statement condition: (_) @choice.test consequence: (_) @choice.then alternative: (_)? @choice.else) @choice
[(preproc_if condition: (_) @choice.test . [(declaration) (statement) (expression) (using_directive) (global_statement)]* @choice.then alternative: (_)? @choice.else) (preproc_elif condition: (_) @choice.test . [(declaration) (statement) (expression) (using_directive) (global_statement)]* @choice.then alternative: (_)? @choice.else)] @choice
(preproc_else (_)? @group.item) @group
(switch_statement value: (_) @switch.subject body: (switch_body (switch_section)? @switch.case)) @switch
(switch_section "case" . (_) @case.value (when_clause (_) @case.test)? ":" . (_)* @case.body) @case
(switch_section "default" ":" . (_)* @case.body) @case
(switch_expression . (_) @switch.subject (switch_expression_arm)? @switch.case) @switch
(switch_expression_arm . (discard) (when_clause (_) @case.test)? "=>" . (_) @case.body) @case
(switch_expression_arm . (_) @case.value (when_clause (_) @case.test)? "=>" . (_) @case.body) @case
(or_pattern left: (_) @several.item right: (_) @several.item) @several
(declaration_pattern type: (_) @inner.value) @inner
(recursive_pattern (property_pattern_clause (_)? @map.item)) @map
(subpattern . (_) @pair.key . (_) @pair.value .) @pair
[(return_statement (_)? @return.value) (throw_statement (_)? @return.value) (throw_expression (_) @return.value) (yield_statement (_)? @return.value)] @return
[(break_statement) (continue_statement) (goto_statement) (catch_declaration)] @skip
[(block (_)? @group.item) (declaration_list (_)? @group.item)] @group
(foreach_statement right: (_) @group.item body: (_) @group.item) @group

; Names that are set
(field_declaration (attribute_list (attribute) @bind.mark)? (modifier)? @bind.mark (variable_declaration type: (_) @bind.type . (variable_declarator name: (_) @bind.name "="? . (_)? @bind.value) .)) @bind
(local_declaration_statement (modifier)? @bind.mark (variable_declaration type: (implicit_type) . (variable_declarator . (_) @bind.name "="? . (_)? @bind.value) .)) @bind
(local_declaration_statement (modifier)? @bind.mark (variable_declaration type: (_) @bind.type . (variable_declarator name: (_) @bind.name "="? . (_)? @bind.value) .)) @bind
; Several names in one declaration stand for themselves.
[(field_declaration (variable_declaration (variable_declarator) @several.item)) (local_declaration_statement (variable_declaration (variable_declarator) @several.item)) (variable_declaration (variable_declarator) @several.item)] @several
(variable_declarator . (_) @bind.name "="? . (_)? @bind.value) @bind
(property_declaration (attribute_list (attribute) @bind.mark)? (modifier)? @bind.mark type: (_) @bind.type name: (_) @bind.name accessors: (accessor_list (accessor_declaration name: ["set" "init"] @bind.mark !body)? [(accessor_declaration name: "get" body: (arrow_expression_clause (_) @bind.value)) (accessor_declaration name: "get" body: (block)) @bind.value]?)? value: (_)? @bind.value) @bind
(accessor_declaration body: (block) @function.body) @function
(accessor_declaration body: (arrow_expression_clause (_) @function.value)) @function
(assignment_expression left: (identifier) @argument.name operator: ["=" "??="] right: (_) @argument.value) @argument
(assignment_expression left: (_) @bind.name operator: ["=" "??="] right: (_) @bind.value) @bind
(assignment_expression left: (_) @append.name operator: "+=" right: (_) @append.value) @append
(enum_member_declaration (attribute_list (attribute) @bind.mark)? name: (_) @bind.name value: (_)? @bind.value) @bind

; Functions and classes
(parameter (attribute_list (attribute) @parameter.mark)? type: (_)? @parameter.type name: (_) @parameter.name "="? . (_)? @parameter.value) @parameter
(method_declaration (attribute_list (attribute) @function.mark)? (modifier)? @function.mark name: (_) @function.name parameters: (parameter_list (parameter)? @function.parameter) body: [(block) @function.body (arrow_expression_clause (_) @function.value)]?) @function
(local_function_statement (attribute_list (attribute) @function.mark)? (modifier)? @function.mark name: (_) @function.name parameters: (parameter_list (parameter)? @function.parameter) body: [(block) @function.body (arrow_expression_clause (_) @function.value)]?) @function
(constructor_declaration (attribute_list (attribute) @function.mark)? name: (_) @function.name parameters: (parameter_list (parameter)? @function.parameter) (constructor_initializer)? @function.body body: (_)? @function.body) @function
(lambda_expression parameters: [(parameter_list (parameter)? @function.parameter) (implicit_parameter) @function.parameter] body: _ @function.value) @function
(anonymous_method_expression parameters: (parameter_list (parameter)? @function.parameter)? (block) @function.body) @function
[(operator_declaration body: (_)? @inner.value) (conversion_operator_declaration body: (_)? @inner.value) (destructor_declaration body: (_)? @inner.value)] @inner
(indexer_declaration accessors: (_)? @inner.value value: (_)? @inner.value) @inner
[(delegate_declaration) (event_declaration) (event_field_declaration)] @skip
(class_declaration (attribute_list (attribute) @class.mark)? (modifier)? @class.mark name: (_) @class.name (parameter_list (parameter)? @class.parameter)? (base_list (_) @class.base)? body: (declaration_list (_)? @class.body)?) @class
(struct_declaration (attribute_list (attribute) @class.mark)? (modifier)? @class.mark name: (_) @class.name (parameter_list (parameter)? @class.parameter)? (base_list (_) @class.base)? body: (declaration_list (_)? @class.body)?) @class
(record_declaration (attribute_list (attribute) @class.mark)? (modifier)? @class.mark name: (_) @class.name (parameter_list (parameter)? @class.parameter)? (base_list (_) @class.base)? body: (declaration_list (_)? @class.body)?) @class
(interface_declaration (attribute_list (attribute) @class.mark)? (modifier)? @class.mark name: (_) @class.name (base_list (_) @class.base)? body: (declaration_list (_)? @class.body)?) @class
(enum_declaration (attribute_list (attribute) @class.mark)? (modifier)? @class.mark name: (_) @class.name body: (enum_member_declaration_list (_)? @class.body)?) @class
(attribute name: (_) @call.callee (attribute_argument_list (_)? @call.argument)) @call
(attribute name: (_) @mark.value) @mark
(attribute_argument name: (_) @argument.name (_) @argument.value .) @argument
(attribute_argument (_) @argument.value .) @argument

; Modules
(namespace_declaration body: (_) @inner.value) @inner
[(file_scoped_namespace_declaration) (extern_alias_directive)] @skip
(using_directive name: (_) @import.all "=" . (_) @import.from) @import
(using_directive (_) @import.from) @import

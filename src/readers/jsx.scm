; Markup in scripts: an element is a call with its attributes as keywords.
(jsx_element open_tag: (_) @group.item (_)? @group.item) @group
(jsx_self_closing_element name: (_) @call.callee attribute: (_)? @call.argument) @call
(jsx_opening_element name: (_) @call.callee attribute: (_)? @call.argument) @call
(jsx_attribute (property_identifier) @argument.name [(string) (jsx_expression)]? @argument.value) @argument
(jsx_text) @skip
(jsx_closing_element) @skip

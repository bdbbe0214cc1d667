//! Calls: what is called, what it is given, and what is taken of a value behind it.

use super::{Build, Parts, tokens};
use crate::fact::Name;
use crate::readers::code::syntax::{Argument, Call, Is, Node};
use crate::source::{Span, Spanned};

impl Build<'_, '_> {
    /// Dart and its like put what is taken of a value beside it: `.name`, `[key]`, `(arguments)`.
    pub(super) fn select(&self, last: &mut Node, roled: &Parts<'_, '_>, span: Span, depth: usize) {
        let object = std::mem::replace(last, Node::new(span, Is::Group(Vec::new())));
        let whole = object.span.to(span);
        let object = Box::new(object);
        let is = if let Some(name) = roled.part("name") {
            Is::Member(object, self.name(name))
        } else if let Some(key) = roled.part("key").and_then(|key| self.node(key, depth + 1)) {
            Is::Index(object, Box::new(key))
        } else if roled.part("arguments").is_some() || roled.part("block").is_some() {
            let arguments = self.arguments(roled, depth);
            let block = roled.part("block").and_then(|block| self.node(block, depth + 1));
            match (object.is, &arguments[..]) {
                // A lambda behind the call that is there already.
                (Is::Call(mut call), []) if block.is_some() && call.block.is_none() => {
                    call.block = block;
                    Is::Call(call)
                }
                (is, _) => {
                    Is::Call(Box::new(Call { callee: Node::new(object.span, is), types: Vec::new(), arguments, block }))
                }
            }
        } else {
            object.is
        };
        *last = Node::new(whole, is);
    }

    pub(super) fn call(&self, roled: &Parts<'_, '_>, span: Span, depth: usize) -> Is {
        let callee = match (roled.part("callee"), roled.part("object"), roled.part("name")) {
            (Some(callee), ..) => self.node(callee, depth + 1),
            (None, Some(object), Some(name)) => self.node(object, depth + 1).map(|object| {
                let whole = object.span.to(self.span(name));
                Node::new(whole, Is::Member(Box::new(object), self.name(name)))
            }),
            (None, object, Some(name)) => {
                let name = self.name(name);
                let bare = Node::new(name.span, Is::Name(name.text.clone()));
                Some(match object {
                    // What it is called on has no name: the method is still told.
                    Some(_) => Node::new(name.span, Is::Member(Box::new(bare), name)),
                    None => bare,
                })
            }
            (None, Some(object), None) => self.node(object, depth + 1),
            _ => None,
        };
        let callee = callee.unwrap_or(Node::new(span, Is::Group(Vec::new())));
        let mut arguments = self.arguments(roled, depth);
        let mut blocks = self.all(roled.parts("block"), depth).into_iter();
        let block = blocks.next();
        // Of several, the first is the block.
        arguments.extend(blocks.map(|value| Argument { name: None, value }));
        let callee = match (callee.is, &arguments[..]) {
            // A lambda behind the call that is there already.
            (Is::Call(mut call), []) if block.is_some() && call.block.is_none() => {
                call.block = block;
                return Is::Call(call);
            }
            (is, _) => Node::new(callee.span, is),
        };
        let types =
            roled.parts("type").map(|node| Spanned::new(self.slice(node).to_owned(), self.span(node))).collect();
        Is::Call(Box::new(Call { callee, types, arguments, block }))
    }

    pub(super) fn arguments(&self, roled: &Parts<'_, '_>, depth: usize) -> Vec<Argument> {
        let mut arguments: Vec<Argument> = Vec::new();
        // Where a grammar has no field for what is called, a pattern of any child takes it for an argument too.
        let callee = roled.part("callee");
        let mut pending = None;
        for (part, raw) in roled.all().iter().filter(|(_, raw)| callee != Some(*raw)) {
            match *part {
                "argument" => {}
                "named" => {
                    let word = arguments.pop().and_then(|argument| argument.value.word());
                    pending = word.map(|word| Name::key(word.value, word.span));
                    continue;
                }
                _ => continue,
            }
            let raw = *raw;
            let before = arguments.len();
            let own = self.role(raw);
            match own.as_ref().map(|own| own.role) {
                Some("selector") => {
                    let own = own.expect("it has a role");
                    if let Some(last) = arguments.last_mut() {
                        self.select(&mut last.value, &own, self.span(raw), depth);
                    }
                }
                Some("argument") => {
                    let own = own.expect("it has a role");
                    let mut values = self.all(own.parts("value"), depth);
                    let value = if values.len() > 1 {
                        Some(Node::new(self.span(raw), Is::Group(values)))
                    } else {
                        values.pop()
                    };
                    let name = own.part("name").map(|name| self.name(name));
                    arguments.extend(value.map(|value| Argument { name, value }));
                }
                // Ruby and Elixir give keywords as the pairs of a hash without braces.
                Some("pair") => {
                    let node = self.with_role(raw, own, depth + 1);
                    let Some(Node { is: Is::Pair(key, value), .. }) = node else { continue };
                    let name = key.word().map(|word| Name::key(word.value, word.span));
                    arguments.push(Argument { name, value: *value });
                }
                Some("keywords") => {
                    let pairs = self.all(own.expect("it has a role").parts("item"), depth);
                    for pair in pairs {
                        let Is::Pair(key, value) = pair.is else { continue };
                        let name = key.word().map(|word| Name::key(word.value, word.span));
                        arguments.push(Argument { name, value: *value });
                    }
                }
                Some("tokens") => {
                    arguments.extend(self.tokens(raw, depth + 1).into_iter().map(tokens::argument));
                }
                _ => {
                    let value = self.with_role(raw, own, depth + 1);
                    arguments.extend(value.map(|value| Argument { name: None, value }));
                }
            }
            if let Some(argument) = arguments.get_mut(before).filter(|_| pending.is_some()) {
                argument.name = pending.take();
            }
        }
        arguments
    }
}

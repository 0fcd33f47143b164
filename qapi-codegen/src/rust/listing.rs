//! What everything in a schema is called in Rust, as text: `qapi dump --stage rust-names`.

use std::fmt::Write;

use super::Options;
use super::bindings::{Bindings, BoundCommand, BoundEvent, UNRECOGNIZED};
use super::name::Scope;
use super::structure::inlined;
use crate::schema::Schema;
use crate::schema::types::{Type, TypeId};

/// A line per name: what it is, its name in the schema, its path in the generated file.
///
/// Implicit types have no line where generated code has none for them: their members stand in the
/// command, the event or the union that they were written in.
pub fn listing(schema: &Schema) -> String {
    let options = Options::default();
    let bindings = Bindings::new(schema, &options);
    let mut printer = Printer { bindings: &bindings, out: String::new() };
    printer.all().expect("writing to a string does not fail");
    printer.out
}

struct Printer<'a> {
    bindings: &'a Bindings<'a>,
    out: String,
}

impl Printer<'_> {
    fn all(&mut self) -> std::fmt::Result {
        let bindings = self.bindings;
        for (id, ty) in bindings.types() {
            let path = bindings.type_name(id).to_string();
            writeln!(self.out, "type {} {path}", ty.name())?;
            self.parts(id, ty, &path)?;
        }
        bindings.commands().try_for_each(|bound| self.command(bound))?;
        bindings.events().try_for_each(|bound| self.event(bound))
    }

    fn parts(&mut self, id: TypeId, ty: &Type, path: &str) -> std::fmt::Result {
        match ty {
            Type::Builtin(_) | Type::Array(_) => Ok(()),
            Type::Enum(enumeration) => {
                let values = enumeration.values.iter().map(|value| value.name.as_str());
                self.variants("value", ty.name(), values, path)
            }
            Type::Alternate(alternate) => {
                let branches = alternate.branches.iter().map(|branch| branch.name.as_str());
                self.variants("branch", ty.name(), branches, path)
            }
            Type::Object(object) => {
                let Some(branches) = &object.branches else {
                    return self.members("member", ty.name(), id, path);
                };
                let names = branches.cases.iter().map(|branch| branch.name.as_str());
                let Some(enumeration) = self.bindings.branches_name(id) else {
                    return self.variants("branch", ty.name(), names, path);
                };
                let enumeration = enumeration.to_string();
                self.members("member", ty.name(), id, path)?;
                self.variants("branch", ty.name(), names, &enumeration)
            }
        }
    }

    fn variants<'n>(
        &mut self,
        role: &str,
        owner: &str,
        names: impl Iterator<Item = &'n str>,
        path: &str,
    ) -> std::fmt::Result {
        let mut scope = Scope::without(&[UNRECOGNIZED]);
        for name in names {
            writeln!(self.out, "{role} {owner}.{name} {path}::{}", scope.camel(name))?;
        }
        Ok(())
    }

    fn members(&mut self, role: &str, owner: &str, id: TypeId, path: &str) -> std::fmt::Result {
        let mut scope = Scope::default();
        for inlined in inlined(self.bindings.schema, id) {
            let name = &inlined.member.name;
            writeln!(self.out, "{role} {owner}.{name} {path}.{}", scope.snake(name))?;
        }
        Ok(())
    }

    fn command(&mut self, bound: BoundCommand<'_>) -> std::fmt::Result {
        let BoundCommand { command, structure, method } = bound;
        let name = &command.common.name;
        let path = format!("commands::{structure}");
        writeln!(self.out, "command {name} {path} {method}()")?;
        self.data("argument", name, command.arguments, &path)
    }

    fn event(&mut self, bound: BoundEvent<'_>) -> std::fmt::Result {
        let BoundEvent { event, structure } = bound;
        let name = &event.common.name;
        let path = format!("events::{structure}");
        writeln!(self.out, "event {name} {path} Event::{structure}")?;
        self.data("member", name, event.data, &path)
    }

    /// A union is the only field of the struct for data; any other object's members are in place.
    fn data(
        &mut self,
        role: &str,
        owner: &str,
        data: Option<TypeId>,
        path: &str,
    ) -> std::fmt::Result {
        let Some(id) = data else { return Ok(()) };
        match self.bindings.schema.object(id).is_some_and(|object| object.branches.is_some()) {
            true => Ok(()),
            false => self.members(role, owner, id, path),
        }
    }
}

use qapi_codegen::{compile, Options, dialect::*, load::DiskFiles, schema::dump, render};
fn main() {
    let mut args = std::env::args().skip(1);
    let mode = args.next().unwrap();
    let dialect: Dialect = args.next().unwrap().parse().unwrap();
    let doc_checks = match args.next().unwrap().as_str() { "-" => dialect.doc_checks(), d => d.parse().unwrap() };
    let dir = args.next().unwrap();
    let include_dirs: Vec<_> = match dir.as_str() { "-" => vec![], d => vec![d.into()] };
    for root in args {
        let t = std::time::Instant::now();
        let out = compile(&root, &DiskFiles, &Options { dialect, doc_checks, include_dirs: include_dirs.clone() });
        let ms = t.elapsed().as_millis();
        match mode.as_str() {
            "files" => {
                let stem = root.strip_suffix(".json").unwrap();
                let name = std::path::Path::new(stem).file_name().unwrap().to_str().unwrap().to_owned();
                let folder = "/tmp/corpus";
                std::fs::create_dir_all(folder).unwrap();
                std::fs::write(format!("{folder}/{name}.err"), render::qemu(&out.diagnostics, &out.sources)).unwrap();
                std::fs::write(format!("{folder}/{name}.out"), out.schema.as_ref().map(dump::qemu).unwrap_or_default()).unwrap();
            }
            "qemu" => eprint!("{}", render::qemu(&out.diagnostics, &out.sources)),
            "human" => eprint!("{}", render::human(&out.diagnostics, &out.sources, render::Color::Never)),
            "codes" => println!("{root}: {:?}", out.diagnostics.iter().map(|d| d.code.as_str()).collect::<Vec<_>>()),
            "dump" => print!("{}", out.schema.as_ref().map(dump::qemu).unwrap_or_default()),
            "count" => match &out.schema {
                None => println!("{root}: {} errors; {}", out.diagnostics.len(), render::qemu(&out.diagnostics, &out.sources)),
                Some(s) => {
                    use qapi_codegen::schema::types::*;
                    let n = |f: &dyn Fn(&Type) -> bool| s.types().filter(|(_, t)| f(t)).count();
                    let alts = n(&|t| matches!(t, Type::Alternate(_)));
                    let enums = n(&|t| matches!(t, Type::Enum(e) if e.common.span.is_some()));
                    let vals: usize = s.types().filter_map(|(_, t)| t.as_enum()).filter(|e| e.common.span.is_some()).map(|e| e.values.len()).sum();
                    let structs = n(&|t| matches!(t, Type::Object(o) if o.origin == Origin::Struct));
                    let unions = n(&|t| matches!(t, Type::Object(o) if o.origin == Origin::Union));
                    let members: usize = s.types().filter_map(|(_, t)| t.as_object()).map(|o| o.members.len()).sum();
                    let opt: usize = s.types().filter_map(|(_, t)| t.as_object()).map(|o| o.members.iter().filter(|m| m.optional).count()).sum();
                    println!("{root}: {ms}ms cmd {} evt {} struct {structs} enum {enums} ({vals}) union {unions} alt {alts} members {members} ({opt}) warnings {}", s.commands().len(), s.events().len(), out.diagnostics.len());
                    let r = qapi_codegen::schema::reach::Reach::of(s);
                    let mut c = [0; 4];
                    for (id, t) in s.types() { if t.common().is_some_and(|c| c.span.is_some()) { c[usize::from(r.is_sent(id)) + 2 * usize::from(r.is_received(id))] += 1; } }
                    println!("   unreachable {} in {} out {} both {}", c[0], c[1], c[2], c[3]);
                    let cy = qapi_codegen::schema::cycle::Cycles::of(s);
                    for (id, t) in s.types() {
                        match t { Type::Object(o) => for m in &o.members { if cy.needs_box(id, m.ty) { print!("   box {}.{}", o.common.name, m.name) } },
                        Type::Alternate(a) => for m in &a.branches { if cy.needs_box(id, m.ty) { print!("   box {}.{}", a.common.name, m.name) } }, _ => {} }
                    }
                    println!();
                }
            },
            _ => panic!(),
        }
    }
}

//! `bindgen INPUT.wasm OUTPUT_DIR TARGET NAME`: writes the JavaScript glue (TARGET `web` or `nodejs`), its
//! TypeScript declarations and the wasm it loads.

use std::process::ExitCode;

use wasm_bindgen_cli_support::Bindgen;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [input, output, target, name] = arguments.as_slice() else {
        eprintln!("usage: bindgen INPUT.wasm OUTPUT_DIR web|nodejs NAME");
        return ExitCode::from(2);
    };
    let mut bindgen = Bindgen::new();
    let targeted = match target.as_str() {
        "web" => bindgen.web(true),
        "nodejs" => bindgen.nodejs(true),
        _ => {
            eprintln!("bindgen: unknown target {target}, expected web or nodejs");
            return ExitCode::from(2);
        }
    };
    let written = targeted.and_then(|bindgen| {
        bindgen.input_path(input).out_name(name).typescript(true).remove_name_section(true).generate(output)
    });
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bindgen: {error:#}");
            ExitCode::FAILURE
        }
    }
}

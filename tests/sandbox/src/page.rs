//! The look of the sandbox's pages: one quiet style for light and dark, no script but the form's own.

/// A page of the sandbox. `body` is HTML; `title` is text.
pub(crate) fn page(title: &str, body: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<link rel=\"icon\" href=\"data:,\">\n\
         <title>{}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n\
         <footer>Rolecall sandbox — no real account, nothing leaves this machine.</footer>\n</body>\n</html>\n",
        escape(title)
    )
}

/// Text for an element's content or a quoted attribute, in HTML and in XML.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}

const STYLE: &str = "\
:root{--bg:#f6f7f9;--card:#fff;--ink:#16191f;--soft:#5b6472;--line:#d9dee6;--accent:#2457d6;--tint:#eef3ff}\
@media(prefers-color-scheme:dark){:root{--bg:#12151b;--card:#1b2029;--ink:#eceff4;--soft:#a3adbb;--line:#323a47;\
--accent:#8fb0ff;--tint:#232c40}}\
*{box-sizing:border-box}\
body{margin:0;min-height:100vh;display:flex;flex-direction:column;align-items:center;background:var(--bg);\
color:var(--ink);font:15px/1.5 system-ui,sans-serif}\
main{width:min(44rem,100% - 2rem);margin:3rem auto 1.5rem;padding:2rem;background:var(--card);\
border:1px solid var(--line);border-radius:14px}\
h1{margin:0 0 .25rem;font-size:1.5rem;letter-spacing:-.01em}h2{margin:1.75rem 0 .5rem;font-size:1rem}\
p{margin:.25rem 0 1rem;color:var(--soft)}\
.brand{margin:0 0 1.5rem;font-size:.8rem;font-weight:600;letter-spacing:.08em;text-transform:uppercase;color:var(--accent)}\
.grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(17rem,1fr));gap:.6rem;margin:1rem 0 0;padding:0;list-style:none}\
button,.button{font:inherit;font-weight:600;color:var(--ink);background:transparent;border:1px solid var(--line);\
border-radius:9px;padding:.7rem .9rem;cursor:pointer}\
.grid button{width:100%;height:100%;text-align:left}.grid small{display:block;font-weight:400;color:var(--soft)}\
button:hover{border-color:var(--accent);background:var(--tint)}\
a{color:var(--accent)}:focus-visible{outline:2px solid var(--accent);outline-offset:2px}\
button.primary{margin-top:1.25rem;color:var(--card);background:var(--accent);border-color:var(--accent)}\
label{display:flex;gap:.6rem;align-items:center;padding:.35rem 0}\
fieldset{border:0;border-top:1px solid var(--line);margin:0;padding:.75rem 0}legend{padding:0 .5rem 0 0;font-weight:600}\
textarea{width:100%;min-height:14rem;padding:.8rem;color:inherit;background:var(--bg);border:1px solid var(--line);\
border-radius:9px;font:13px/1.5 ui-monospace,monospace}\
dl{display:grid;grid-template-columns:max-content 1fr;gap:.35rem 1.25rem;margin:1rem 0 0}dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}\
footer{margin:0 0 2rem;font-size:.8rem;color:var(--soft)}";

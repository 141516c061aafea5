//! The browser's way: login page, form, AWS sign-in, role page, console.

use rolecall_sandbox::{Options, Persona, Sandbox, Shape};

use crate::client::{Answer, get, post, response_of, send, tampered};

const SIGN_IN: &str = "https://signin.aws.amazon.com/saml";
const REFUSED: &str = "Your request included an invalid SAML response. To logout, click";

fn start() -> Sandbox {
    Sandbox::start(Options::default()).unwrap()
}

/// The value of an attribute in the first tag that holds `tag`.
fn attribute(page: &str, tag: &str, name: &str) -> String {
    let rest = page.split(tag).nth(1).unwrap();
    let value = rest.split(&format!("{name}=\"")).nth(1).unwrap().split('"').next().unwrap();
    value.replace("&#13;&#10;", "\r\n")
}

fn assert_refused(answer: &Answer) {
    assert_eq!(answer.status, 400);
    assert!(answer.body.contains(REFUSED), "{}", answer.body);
}

/// Those who are not one mistake of real life each.
fn people() -> Vec<Persona> {
    Persona::groups().next().unwrap().1
}

#[test]
fn the_login_page_has_a_button_for_every_persona() {
    let sandbox = start();
    let page = get(&sandbox, &sandbox.idp_url()).body;
    for persona in Persona::ALL {
        assert!(page.contains(&format!("id=\"persona-{}\"", persona.slug())));
    }
    assert!(page.contains("no real account"));
}

#[test]
fn the_form_of_every_person_is_accepted_or_refused_as_aws_would() {
    let sandbox = start();
    for persona in people() {
        for shape in Shape::ALL {
            let url = format!("{}sign-in/{}?shape={}", sandbox.idp_url(), persona.slug(), shape.slug());
            let page = get(&sandbox, &url).body;
            let acs = attribute(&page, "<form", "action");
            assert_eq!(acs, persona.acs(None));
            let response = attribute(&page, "name=\"SAMLResponse\"", "value");
            let answer = post(&sandbox, &acs, &[("SAMLResponse", &response), ("RelayState", "")]);
            match persona {
                Persona::NoRole | Persona::Expired | Persona::Misnamed => assert_refused(&answer),
                _ if persona.roles().len() == 1 => assert_eq!(answer.status, 302, "{url}: {}", answer.body),
                _ => {
                    assert_eq!(answer.status, 200, "{url}: {}", answer.body);
                    let choices = answer.body.matches("name=\"roleIndex\"").count();
                    assert_eq!(choices, persona.roles().len(), "{url}");
                }
            }
        }
    }
}

#[test]
fn the_page_of_aws_refuses_every_mistake_that_is_not_one_of_sts_alone() {
    let sandbox = start();
    for persona in Persona::groups().skip(1).flat_map(|(_, personas)| personas) {
        let answer = post(&sandbox, &persona.acs(None), &[("SAMLResponse", &response_of(&sandbox, persona))]);
        match persona {
            // A short session is one; the size and the region are STS's.
            Persona::QuarterHour | Persona::ManyGroups | Persona::DisabledRegion => {
                assert_eq!(answer.status, 302, "{}: {}", persona.slug(), answer.body);
            }
            _ => assert_refused(&answer),
        }
    }
}

#[test]
fn the_role_page_posts_the_same_response_and_leads_to_the_console() {
    let sandbox = start();
    let response = response_of(&sandbox, Persona::FourRoles);
    let page = post(&sandbox, SIGN_IN, &[("SAMLResponse", &response), ("RelayState", "a&\"b")]).body;
    assert_eq!(attribute(&page, "name=\"SAMLResponse\"", "value"), response);
    assert_eq!(attribute(&page, "name=\"RelayState\"", "value"), "a&amp;&quot;b");
    assert!(page.contains("id=\"signin_button\""));

    let chosen = "arn:aws:iam::444455556666:role/team/data/Developer";
    let answer = post(&sandbox, SIGN_IN, &[("SAMLResponse", &response), ("roleIndex", chosen)]);
    assert_eq!(answer.status, 302);
    let location = answer.header("location");
    assert!(location.starts_with("https://console.aws.amazon.com/console/home?"), "{location}");
    let console = get(&sandbox, location).body;
    assert!(console.contains("<dd id=\"role\">Developer</dd>") && console.contains("444455556666"));
}

#[test]
fn a_chosen_role_that_is_only_the_start_of_another_is_not_in_the_assertion() {
    let sandbox = start();
    let response = response_of(&sandbox, Persona::FourRoles);
    let almost = "arn:aws:iam::111122223333:role/AdminRead";
    assert_refused(&post(&sandbox, SIGN_IN, &[("SAMLResponse", &response), ("roleIndex", almost)]));
}

#[test]
fn each_partition_has_its_sign_in_and_console() {
    let sandbox = start();
    for (persona, acs, console) in [
        (Persona::China, "https://signin.amazonaws.cn/saml", "https://console.amazonaws.cn/"),
        (
            Persona::GovCloud,
            "https://signin.amazonaws-us-gov.com/saml",
            "https://console.amazonaws-us-gov.com/",
        ),
        (
            Persona::Regional,
            "https://eu-west-1.signin.aws.amazon.com/saml",
            "https://eu-west-1.console.aws.amazon.com/",
        ),
    ] {
        let response = response_of(&sandbox, persona);
        let role = persona.roles()[0].role_arn.clone();
        let answer = post(&sandbox, acs, &[("SAMLResponse", &response), ("roleIndex", &role)]);
        assert!(answer.header("location").starts_with(console), "{}", answer.body);
    }
}

#[test]
fn another_region_can_be_asked_for_in_the_url() {
    let sandbox = start();
    let page = get(&sandbox, "https://idp.rolecall.test/sign-in/four-roles?to=ap-south-1").body;
    assert_eq!(attribute(&page, "<form", "action"), "https://ap-south-1.signin.aws.amazon.com/saml");
    assert_eq!(get(&sandbox, "https://idp.rolecall.test/sign-in/one-role?to=x.example/").status, 400);
}

#[test]
fn a_text_plain_form_is_read_as_browsers_write_it() {
    let sandbox = start();
    let page = get(&sandbox, "https://idp.rolecall.test/sign-in/one-role?enctype=text").body;
    assert_eq!(attribute(&page, "<form", "enctype"), "text/plain");
    let body = format!("SAMLResponse={}\r\nRelayState=\r\n", response_of(&sandbox, Persona::OneRole));
    let answer = send(&sandbox, "POST", SIGN_IN, &[("content-type", "text/plain")], &body).unwrap();
    assert_eq!(answer.status, 302);

    let lines = sandbox.saml_response(Persona::OneRole, Shape::Ns0).unwrap();
    assert!(lines.contains("\r\n"));
    let body = format!("SAMLResponse={lines}\r\nRelayState=\r\n");
    let answer = send(&sandbox, "POST", SIGN_IN, &[("content-type", "text/plain")], &body).unwrap();
    assert_eq!(answer.status, 302, "base64 in lines");
}

#[test]
fn a_response_changed_after_signing_is_refused() {
    let sandbox = start();
    let response = response_of(&sandbox, Persona::FourRoles);
    let more = tampered(&response, |xml| xml.replace("role/AdminReadOnly", "role/Admin"));
    assert_refused(&post(&sandbox, SIGN_IN, &[("SAMLResponse", &more)]));
}

#[test]
fn text_from_a_response_is_only_ever_text() {
    let sandbox = start();
    let console =
        get(&sandbox, "https://console.aws.amazon.com/?role=%3Cscript%3Ealert(1)%3C/script%3E").body;
    assert!(console.contains("&lt;script&gt;alert(1)") && !console.contains("<script>"));
}

#[test]
fn only_the_sign_in_paths_of_aws_take_a_response() {
    let sandbox = start();
    let response = response_of(&sandbox, Persona::OneRole);
    for path in ["/platform/saml/acs/0a1b", "/saml/acs/", "/samlx", "/saml/acs/abc"] {
        let url = format!("https://signin.aws.amazon.com{path}");
        assert_eq!(post(&sandbox, &url, &[("SAMLResponse", &response)]).status, 404, "{path}");
    }
}

#[test]
fn the_lab_has_a_box_to_paste_into() {
    let sandbox = start();
    let page = get(&sandbox, "https://lab.rolecall.test/paste").body;
    assert!(page.contains("id=\"paste\"") && page.contains("autofocus"));
    assert_eq!(get(&sandbox, "https://lab.rolecall.test/blank").status, 200);
}

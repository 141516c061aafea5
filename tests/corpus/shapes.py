"""Unsigned SAML messages for AWS, in the shapes that identity providers send. `{SIGN:ID}` marks where the signature of the
element with that ID goes; a generator replaces it or removes it."""

from xml.sax.saxutils import escape

P = "urn:oasis:names:tc:SAML:2.0:protocol"
A = "urn:oasis:names:tc:SAML:2.0:assertion"
XS = "http://www.w3.org/2001/XMLSchema"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
ACS = "https://signin.aws.amazon.com/saml"
AWS = "https://aws.amazon.com/SAML/Attributes/"
BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer"
SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success"
PERSISTENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
EMAIL = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"
URI = "urn:oasis:names:tc:SAML:2.0:attrname-format:uri"
BASIC = "urn:oasis:names:tc:SAML:2.0:attrname-format:basic"
PASSWORD = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport"

NAME = "ada@example.com"
ISSUED, UNTIL = "2026-03-01T09:00:00Z", "2026-03-01T09:05:00Z"
BEFORE, SESSION = "2026-03-01T08:55:00Z", "2026-03-01T21:00:00Z"


def roles(count, provider="Example"):
    """`count` values of the Role attribute, ten to an account."""
    return [
        f"arn:aws:iam::{111122220000 + n // 10}:role/Team{n % 10}-{n},"
        f"arn:aws:iam::{111122220000 + n // 10}:saml-provider/{provider}"
        for n in range(count)
    ]


def entra(count=2, name=NAME):
    """Microsoft Entra ID: default namespaces, no white space, the assertion is signed."""
    return (
        f'<samlp:Response ID="_r1" Version="2.0" IssueInstant="2026-03-01T09:00:00.123Z" Destination="{ACS}" xmlns:samlp="{P}">'
        f'<Issuer xmlns="{A}">https://sts.windows.net/7fe81447-da57-4385-becb-6de57f21477e/</Issuer>{{SIGN:_r1}}'
        f'<samlp:Status><samlp:StatusCode Value="{SUCCESS}"/></samlp:Status>'
        f'<Assertion ID="_a1" IssueInstant="2026-03-01T09:00:00.123Z" Version="2.0" xmlns="{A}">'
        f"<Issuer>https://sts.windows.net/7fe81447-da57-4385-becb-6de57f21477e/</Issuer>{{SIGN:_a1}}"
        f'<Subject><NameID Format="{EMAIL}">{escape(name)}</NameID><SubjectConfirmation Method="{BEARER}">'
        f'<SubjectConfirmationData NotOnOrAfter="2026-03-01T10:00:00.123Z" Recipient="{ACS}"/></SubjectConfirmation></Subject>'
        f'<Conditions NotBefore="2026-03-01T08:55:00.123Z" NotOnOrAfter="2026-03-01T10:00:00.123Z"><AudienceRestriction>'
        f"<Audience>{ACS}</Audience></AudienceRestriction></Conditions><AttributeStatement>"
        '<Attribute Name="http://schemas.microsoft.com/identity/claims/tenantid">'
        "<AttributeValue>7fe81447-da57-4385-becb-6de57f21477e</AttributeValue></Attribute>"
        '<Attribute Name="http://schemas.microsoft.com/claims/authnmethodsreferences">'
        "<AttributeValue>http://schemas.microsoft.com/ws/2008/06/identity/authenticationmethod/password</AttributeValue>"
        "<AttributeValue>http://schemas.microsoft.com/claims/multipleauthn</AttributeValue></Attribute>"
        f'<Attribute Name="{AWS}RoleSessionName"><AttributeValue>{escape(name)}</AttributeValue></Attribute>'
        f'<Attribute Name="{AWS}Role">'
        + "".join(f"<AttributeValue>{role}</AttributeValue>" for role in roles(count, "AzureAD"))
        + f'</Attribute><Attribute Name="{AWS}SessionDuration"><AttributeValue>3600</AttributeValue></Attribute>'
        "</AttributeStatement>"
        f'<AuthnStatement AuthnInstant="2026-03-01T08:59:58.000Z" SessionIndex="_a1"><AuthnContext>'
        "<AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</AuthnContextClassRef>"
        "</AuthnContext></AuthnStatement></Assertion></samlp:Response>"
    )


def okta(count=2, name=NAME):
    """Okta: the same namespaces declared again and again, xsi:type on values, response and assertion signed."""
    typed = f'<saml2:AttributeValue xmlns:xs="{XS}" xmlns:xsi="{XSI}" xsi:type="xs:string">'
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<saml2p:Response xmlns:saml2p="{P}" Destination="{ACS}" ID="id10283746" IssueInstant="2026-03-01T09:00:00.456Z" '
        f'Version="2.0" xmlns:xs="{XS}"><saml2:Issuer xmlns:saml2="{A}" '
        'Format="urn:oasis:names:tc:SAML:2.0:nameid-format:entity">http://www.okta.com/exk1fxp4aQ1</saml2:Issuer>{SIGN:id10283746}'
        f'<saml2p:Status xmlns:saml2p="{P}"><saml2p:StatusCode Value="{SUCCESS}"/></saml2p:Status>'
        f'<saml2:Assertion xmlns:saml2="{A}" ID="id55512" IssueInstant="2026-03-01T09:00:00.456Z" Version="2.0" xmlns:xs="{XS}">'
        f'<saml2:Issuer Format="urn:oasis:names:tc:SAML:2.0:nameid-format:entity" xmlns:saml2="{A}">'
        "http://www.okta.com/exk1fxp4aQ1</saml2:Issuer>{SIGN:id55512}"
        f'<saml2:Subject xmlns:saml2="{A}"><saml2:NameID Format="{EMAIL}">{escape(name)}</saml2:NameID>'
        f'<saml2:SubjectConfirmation Method="{BEARER}"><saml2:SubjectConfirmationData NotOnOrAfter="{UNTIL}" Recipient="{ACS}"/>'
        f'</saml2:SubjectConfirmation></saml2:Subject><saml2:Conditions xmlns:saml2="{A}" NotBefore="{BEFORE}" NotOnOrAfter="{UNTIL}">'
        "<saml2:AudienceRestriction><saml2:Audience>urn:amazon:webservices</saml2:Audience></saml2:AudienceRestriction>"
        f'</saml2:Conditions><saml2:AuthnStatement xmlns:saml2="{A}" AuthnInstant="{ISSUED}" SessionIndex="id1772.99" '
        f'SessionNotOnOrAfter="{SESSION}"><saml2:AuthnContext><saml2:AuthnContextClassRef>{PASSWORD}'
        "</saml2:AuthnContextClassRef></saml2:AuthnContext></saml2:AuthnStatement>"
        f'<saml2:AttributeStatement xmlns:saml2="{A}"><saml2:Attribute Name="{AWS}Role" NameFormat="{URI}">'
        + "".join(f"{typed}{role}</saml2:AttributeValue>" for role in roles(count, "Okta"))
        + f'</saml2:Attribute><saml2:Attribute Name="{AWS}RoleSessionName" NameFormat="{BASIC}">'
        f"{typed}{escape(name)}</saml2:AttributeValue></saml2:Attribute>"
        f'<saml2:Attribute Name="{AWS}SessionDuration" NameFormat="{BASIC}">{typed}43200</saml2:AttributeValue></saml2:Attribute>'
        "</saml2:AttributeStatement></saml2:Assertion></saml2p:Response>"
    )


def adfs(count=2, name="EXAMPLE\\ada"):
    """AD FS: prefix samlp outside, default namespace inside, nothing is pretty-printed."""
    return (
        f'<samlp:Response ID="_7c0e2f" Version="2.0" IssueInstant="2026-03-01T09:00:00.789Z" Destination="{ACS}" '
        f'Consent="urn:oasis:names:tc:SAML:2.0:consent:unspecified" xmlns:samlp="{P}">'
        f'<Issuer xmlns="{A}">http://adfs.example.com/adfs/services/trust</Issuer>{{SIGN:_7c0e2f}}'
        f'<samlp:Status><samlp:StatusCode Value="{SUCCESS}" /></samlp:Status>'
        f'<Assertion ID="_9d1b" IssueInstant="2026-03-01T09:00:00.789Z" Version="2.0" xmlns="{A}">'
        "<Issuer>http://adfs.example.com/adfs/services/trust</Issuer>{SIGN:_9d1b}"
        f'<Subject><NameID Format="{PERSISTENT}">{escape(name)}</NameID><SubjectConfirmation Method="{BEARER}">'
        f'<SubjectConfirmationData NotOnOrAfter="{UNTIL}" Recipient="{ACS}" /></SubjectConfirmation></Subject>'
        f'<Conditions NotBefore="{ISSUED}" NotOnOrAfter="{SESSION}"><AudienceRestriction>'
        "<Audience>urn:amazon:webservices</Audience></AudienceRestriction></Conditions><AttributeStatement>"
        f'<Attribute Name="{AWS}RoleSessionName"><AttributeValue>ada@example.com</AttributeValue></Attribute>'
        f'<Attribute Name="{AWS}Role">'
        + "".join(f"<AttributeValue>{role}</AttributeValue>" for role in roles(count, "ADFS"))
        + "</Attribute></AttributeStatement>"
        f'<AuthnStatement AuthnInstant="{ISSUED}" SessionIndex="_9d1b"><AuthnContext>'
        "<AuthnContextClassRef>urn:federation:authentication:windows</AuthnContextClassRef></AuthnContext>"
        "</AuthnStatement></Assertion></samlp:Response>"
    )


def keycloak(count=2, name="G-1234-ada"):
    """Keycloak: prefix saml and the same namespace as default, signature prefix dsig, xsi:type everywhere."""
    typed = f'<saml:AttributeValue xmlns:xs="{XS}" xmlns:xsi="{XSI}" xsi:type="xs:string">'
    return (
        f'<samlp:Response xmlns:samlp="{P}" xmlns:saml="{A}" Destination="{ACS}" ID="ID_3566cc53" '
        f'IssueInstant="2026-03-01T09:00:00.001Z" Version="2.0"><saml:Issuer>https://sso.example.com/realms/aws</saml:Issuer>'
        f'{{SIGN:ID_3566cc53}}<samlp:Status><samlp:StatusCode Value="{SUCCESS}"/></samlp:Status>'
        f'<saml:Assertion xmlns="{A}" ID="ID_671a50a6" IssueInstant="2026-03-01T09:00:00.001Z" Version="2.0">'
        f"<saml:Issuer>https://sso.example.com/realms/aws</saml:Issuer>{{SIGN:ID_671a50a6}}"
        f'<saml:Subject><saml:NameID Format="{PERSISTENT}">{escape(name)}</saml:NameID>'
        f'<saml:SubjectConfirmation Method="{BEARER}"><saml:SubjectConfirmationData NotOnOrAfter="{UNTIL}" Recipient="{ACS}"/>'
        f'</saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="{BEFORE}" NotOnOrAfter="{UNTIL}">'
        "<saml:AudienceRestriction><saml:Audience>urn:amazon:webservices</saml:Audience></saml:AudienceRestriction>"
        f'</saml:Conditions><saml:AuthnStatement AuthnInstant="{ISSUED}" SessionIndex="aa::bb" SessionNotOnOrAfter="{SESSION}">'
        "<saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified"
        "</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement><saml:AttributeStatement>"
        f'<saml:Attribute FriendlyName="Session Name" Name="{AWS}RoleSessionName" NameFormat="{BASIC}">{typed}{escape(name)}'
        f'</saml:AttributeValue></saml:Attribute><saml:Attribute FriendlyName="Session Role" Name="{AWS}Role" NameFormat="{BASIC}">'
        + "".join(f"{typed}{role}</saml:AttributeValue>" for role in roles(count, "keycloak"))
        + "</saml:Attribute></saml:AttributeStatement></saml:Assertion></samlp:Response>"
    )


def shibboleth(count=2, name="AAdzZWNyZXQx"):
    """Shibboleth: saml2p and saml2, new lines between top elements, attributes with friendly names and OIDs."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<saml2p:Response Destination="{ACS}" ID="_ab10" IssueInstant="{ISSUED}" Version="2.0" xmlns:saml2p="{P}">'
        f'<saml2:Issuer xmlns:saml2="{A}">https://idp.example.edu/idp/shibboleth</saml2:Issuer>{{SIGN:_ab10}}\n'
        f'<saml2p:Status><saml2p:StatusCode Value="{SUCCESS}"/></saml2p:Status>\n'
        f'<saml2:Assertion ID="_cd20" IssueInstant="{ISSUED}" Version="2.0" xmlns:saml2="{A}">'
        "<saml2:Issuer>https://idp.example.edu/idp/shibboleth</saml2:Issuer>{SIGN:_cd20}\n"
        '<saml2:Subject><saml2:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:transient" '
        f'NameQualifier="https://idp.example.edu/idp/shibboleth" SPNameQualifier="urn:amazon:webservices" '
        f'xmlns:saml2="{A}">{escape(name)}</saml2:NameID><saml2:SubjectConfirmation Method="{BEARER}">'
        f'<saml2:SubjectConfirmationData Address="192.0.2.7" NotOnOrAfter="{UNTIL}" Recipient="{ACS}"/>'
        f'</saml2:SubjectConfirmation></saml2:Subject>\n<saml2:Conditions NotBefore="{BEFORE}" NotOnOrAfter="{UNTIL}">'
        "<saml2:AudienceRestriction><saml2:Audience>urn:amazon:webservices</saml2:Audience></saml2:AudienceRestriction>"
        f'</saml2:Conditions>\n<saml2:AuthnStatement AuthnInstant="{ISSUED}" SessionIndex="_ef30"><saml2:SubjectLocality '
        f'Address="192.0.2.7"/><saml2:AuthnContext><saml2:AuthnContextClassRef>{PASSWORD}</saml2:AuthnContextClassRef>'
        "</saml2:AuthnContext></saml2:AuthnStatement>\n<saml2:AttributeStatement>"
        f'<saml2:Attribute FriendlyName="eduPersonPrincipalName" Name="urn:oid:1.3.6.1.4.1.5923.1.1.1.6" NameFormat="{URI}">'
        "<saml2:AttributeValue>ada@example.edu</saml2:AttributeValue></saml2:Attribute>"
        f'<saml2:Attribute FriendlyName="Role" Name="{AWS}Role" NameFormat="{URI}">'
        + "".join(
            f'<saml2:AttributeValue xmlns:xsi="{XSI}" xmlns:xsd="{XS}" xsi:type="xsd:string">{role}</saml2:AttributeValue>'
            for role in roles(count, "Shibboleth")
        )
        + f'</saml2:Attribute><saml2:Attribute FriendlyName="RoleSessionName" Name="{AWS}RoleSessionName" NameFormat="{URI}">'
        "<saml2:AttributeValue>ada@example.edu</saml2:AttributeValue></saml2:Attribute></saml2:AttributeStatement>\n"
        "</saml2:Assertion>\n</saml2p:Response>"
    )


def google(count=2, name=NAME):
    """Google Workspace: indented before it is signed."""
    values = "".join(
        f'\n        <saml2:AttributeValue xmlns:xs="{XS}" xmlns:xsi="{XSI}" xsi:type="xs:anyType">{role}</saml2:AttributeValue>'
        for role in roles(count, "GoogleApps")
    )
    return f"""<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<saml2p:Response xmlns:saml2p="{P}" Destination="{ACS}" ID="_g77" IssueInstant="2026-03-01T09:00:00.222Z" Version="2.0">
  <saml2:Issuer xmlns:saml2="{A}">https://accounts.google.com/o/saml2?idpid=C01abcdef</saml2:Issuer>{{SIGN:_g77}}
  <saml2p:Status>
    <saml2p:StatusCode Value="{SUCCESS}"/>
  </saml2p:Status>
  <saml2:Assertion xmlns:saml2="{A}" ID="_g78" IssueInstant="2026-03-01T09:00:00.222Z" Version="2.0">
    <saml2:Issuer>https://accounts.google.com/o/saml2?idpid=C01abcdef</saml2:Issuer>{{SIGN:_g78}}
    <saml2:Subject>
      <saml2:NameID Format="{PERSISTENT}">{escape(name)}</saml2:NameID>
      <saml2:SubjectConfirmation Method="{BEARER}">
        <saml2:SubjectConfirmationData NotOnOrAfter="{UNTIL}" Recipient="{ACS}"/>
      </saml2:SubjectConfirmation>
    </saml2:Subject>
    <saml2:Conditions NotBefore="{BEFORE}" NotOnOrAfter="{UNTIL}">
      <saml2:AudienceRestriction>
        <saml2:Audience>{ACS}</saml2:Audience>
      </saml2:AudienceRestriction>
    </saml2:Conditions>
    <saml2:AttributeStatement>
      <saml2:Attribute Name="{AWS}RoleSessionName">
        <saml2:AttributeValue xmlns:xs="{XS}" xmlns:xsi="{XSI}" xsi:type="xs:anyType">{escape(name)}</saml2:AttributeValue>
      </saml2:Attribute>
      <saml2:Attribute Name="{AWS}Role">{values}
      </saml2:Attribute>
    </saml2:AttributeStatement>
    <saml2:AuthnStatement AuthnInstant="{ISSUED}" SessionIndex="_g78">
      <saml2:AuthnContext>
        <saml2:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified</saml2:AuthnContextClassRef>
      </saml2:AuthnContext>
    </saml2:AuthnStatement>
  </saml2:Assertion>
</saml2p:Response>
"""


def plain(
    count=2,
    name=NAME,
    root="",
    assertion="",
    statement="",
    before_roles="",
    role_attribute="",
    name_markup=None,
    extra="",
    declare="root",
    pretty=False,
    outer=("", ""),
):
    """The plainest response with two prefixes, and places to put what a case is about: attributes of the root, of the assertion,
    of the attribute statement; markup before the roles; markup in place of the name; further attributes; where the assertion
    namespace is declared; what stands around the root."""
    saml = f' xmlns:saml="{A}"'
    on_root, on_assertion = (saml, "") if declare == "root" else ("", saml)
    if declare == "both":
        on_root = saml
    on_issuer = saml if declare == "assertion" else ""
    gap = "\n  " if pretty else ""
    values = "".join(f"{gap}<saml:AttributeValue{role_attribute}>{role}</saml:AttributeValue>" for role in roles(count))
    return (
        f'{outer[0]}<samlp:Response xmlns:samlp="{P}"{on_root} ID="_resp" Version="2.0" IssueInstant="{ISSUED}" Destination="{ACS}"{root}>'
        f"{gap}<saml:Issuer{on_issuer}>https://idp.example.com/metadata</saml:Issuer>{{SIGN:_resp}}"
        f'{gap}<samlp:Status><samlp:StatusCode Value="{SUCCESS}"/></samlp:Status>'
        f'{gap}<saml:Assertion{on_assertion} ID="_asrt" Version="2.0" IssueInstant="{ISSUED}"{assertion}>'
        f"{gap}<saml:Issuer>https://idp.example.com/metadata</saml:Issuer>{{SIGN:_asrt}}"
        f'{gap}<saml:Subject><saml:NameID Format="{PERSISTENT}">{name_markup if name_markup is not None else escape(name)}</saml:NameID>'
        f'{gap}<saml:SubjectConfirmation Method="{BEARER}"><saml:SubjectConfirmationData NotOnOrAfter="{UNTIL}" Recipient="{ACS}"/>'
        f'</saml:SubjectConfirmation></saml:Subject>{gap}<saml:Conditions NotBefore="{BEFORE}" NotOnOrAfter="{UNTIL}">'
        f"<saml:AudienceRestriction><saml:Audience>urn:amazon:webservices</saml:Audience></saml:AudienceRestriction></saml:Conditions>"
        f'{gap}<saml:AuthnStatement AuthnInstant="{ISSUED}" SessionNotOnOrAfter="{SESSION}"><saml:AuthnContext>'
        f"<saml:AuthnContextClassRef>{PASSWORD}</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>"
        f'{gap}<saml:AttributeStatement{statement}>{before_roles}<saml:Attribute Name="{AWS}Role">{values}</saml:Attribute>'
        f'{gap}<saml:Attribute Name="{AWS}RoleSessionName"><saml:AttributeValue>ada</saml:AttributeValue></saml:Attribute>{extra}'
        f"</saml:AttributeStatement></saml:Assertion></samlp:Response>{outer[1]}"
    )


def authn_request():
    """What a service provider sends to start a sign-in."""
    return (
        f'<samlp:AuthnRequest xmlns:samlp="{P}" xmlns:saml="{A}" ID="_req" Version="2.0" IssueInstant="{ISSUED}" '
        f'Destination="https://idp.example.com/sso" AssertionConsumerServiceURL="{ACS}" '
        'ProtocolBinding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"><saml:Issuer>urn:amazon:webservices</saml:Issuer>'
        f'{{SIGN:_req}}<samlp:NameIDPolicy Format="{PERSISTENT}" AllowCreate="true"/></samlp:AuthnRequest>'
    )


def logout_request():
    """Single log-out, asked for."""
    return (
        f'<samlp:LogoutRequest xmlns:samlp="{P}" xmlns:saml="{A}" ID="_out" Version="2.0" IssueInstant="{ISSUED}" '
        f'Destination="https://sp.example.com/slo" NotOnOrAfter="{UNTIL}"><saml:Issuer>https://idp.example.com/metadata</saml:Issuer>'
        f'{{SIGN:_out}}<saml:NameID Format="{PERSISTENT}">{NAME}</saml:NameID><samlp:SessionIndex>_s1</samlp:SessionIndex>'
        "</samlp:LogoutRequest>"
    )


def logout_response():
    """Single log-out, answered."""
    return (
        f'<samlp:LogoutResponse xmlns:samlp="{P}" xmlns:saml="{A}" ID="_done" Version="2.0" IssueInstant="{ISSUED}" '
        'Destination="https://sp.example.com/slo" InResponseTo="_out"><saml:Issuer>https://idp.example.com/metadata</saml:Issuer>'
        f'{{SIGN:_done}}<samlp:Status><samlp:StatusCode Value="{SUCCESS}"/></samlp:Status></samlp:LogoutResponse>'
    )


def bare_assertion():
    """An assertion without the response around it, as STS takes none but people paste."""
    text = plain(declare="assertion")
    start = text.index("<saml:Assertion")
    return text[start : text.index("</saml:Assertion>") + len("</saml:Assertion>")].replace("{SIGN:_resp}", "")

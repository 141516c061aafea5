// The JDK's XML signatures as judge. Each line on standard input is `FILE<TAB>KEY` (KEY: a PEM certificate); each answer on standard
// output is `FILE<TAB>KEY<TAB>NUMBER<TAB>valid|invalid|error`, NUMBER counting the Signature elements of the document from 0. Every signature
// is checked with that one key, whatever stands in its KeyInfo. Run: `java Oracle.java < list`.

import java.io.BufferedReader;
import java.io.File;
import java.io.FileInputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.crypto.KeySelector;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

public class Oracle {
    private static final String SAMLP = "urn:oasis:names:tc:SAML:2.0:protocol";
    private static final String SAML = "urn:oasis:names:tc:SAML:2.0:assertion";

    public static void main(String[] arguments) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, false);
        DocumentBuilder builder = factory.newDocumentBuilder();
        builder.setErrorHandler(null);
        XMLSignatureFactory signatures = XMLSignatureFactory.getInstance("DOM");
        CertificateFactory certificates = CertificateFactory.getInstance("X.509");
        Map<String, PublicKey> keys = new HashMap<>();
        PrintStream out = new PrintStream(System.out, false, "UTF-8");
        BufferedReader list = new BufferedReader(new InputStreamReader(System.in, "UTF-8"));
        for (String line = list.readLine(); line != null; line = list.readLine()) {
            String[] parts = line.split("\t");
            PublicKey key = keys.get(parts[1]);
            if (key == null) {
                try (FileInputStream input = new FileInputStream(parts[1])) {
                    key = certificates.generateCertificate(input).getPublicKey();
                }
                keys.put(parts[1], key);
            }
            Document document;
            try {
                document = builder.parse(new File(parts[0]));
            } catch (Exception refused) {
                out.println(line + "\t0\terror");
                continue;
            }
            boolean sane = identify(document);
            NodeList found = document.getElementsByTagNameNS(XMLSignature.XMLNS, "Signature");
            for (int i = 0; i < found.getLength(); i++) {
                out.println(line + "\t" + i + "\t" + (sane ? judge(signatures, found.item(i), key) : "error"));
            }
        }
        out.flush();
    }

    /** Names the ID attributes as XML Signature needs it; false where two are alike. */
    private static boolean identify(Document document) {
        Set<String> seen = new HashSet<>();
        boolean sane = true;
        for (String namespace : new String[] {SAMLP, SAML}) {
            NodeList elements = document.getElementsByTagNameNS(namespace, "*");
            for (int i = 0; i < elements.getLength(); i++) {
                Element element = (Element) elements.item(i);
                if (element.hasAttributeNS(null, "ID")) {
                    element.setIdAttributeNS(null, "ID", true);
                    sane &= seen.add(element.getAttributeNS(null, "ID"));
                }
            }
        }
        return sane;
    }

    private static String judge(XMLSignatureFactory signatures, org.w3c.dom.Node node, PublicKey key) {
        try {
            DOMValidateContext context = new DOMValidateContext(KeySelector.singletonKeySelector(key), node);
            context.setProperty("org.jcp.xml.dsig.secureValidation", Boolean.FALSE);
            return signatures.unmarshalXMLSignature(context).validate(context) ? "valid" : "invalid";
        } catch (Exception refused) {
            return "error";
        }
    }
}

// Signs with the JDK's XML signatures. Standard input holds jobs, one a line, tab-separated: source, result, ID of the element,
// private key (PKCS#8 PEM), certificate (PEM), signature method, digest method, canonicalization of SignedInfo, transforms (a comma
// between), prefix list ("-" for none), what KeyInfo says (words of x509 keyvalue none), namespace prefix ("-" for none).

import java.io.BufferedReader;
import java.io.File;
import java.io.FileInputStream;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.PSSParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.xml.crypto.XMLStructure;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.SignedInfo;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMSignContext;
import javax.xml.crypto.dsig.keyinfo.KeyInfo;
import javax.xml.crypto.dsig.keyinfo.KeyInfoFactory;
import javax.xml.crypto.dsig.spec.C14NMethodParameterSpec;
import javax.xml.crypto.dsig.spec.ExcC14NParameterSpec;
import javax.xml.crypto.dsig.spec.RSAPSSParameterSpec;
import javax.xml.crypto.dsig.spec.SignatureMethodParameterSpec;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

public class SignJdk {
    private static final String EXC = "http://www.w3.org/2001/10/xml-exc-c14n#";

    public static void main(String[] arguments) throws Exception {
        BufferedReader jobs = new BufferedReader(new InputStreamReader(System.in, "UTF-8"));
        for (String line = jobs.readLine(); line != null; line = jobs.readLine()) {
            sign(line.split("\t"));
        }
    }

    private static void sign(String[] job) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        Document document = factory.newDocumentBuilder().parse(new File(job[0]));
        Element target = null;
        NodeList all = document.getElementsByTagNameNS("*", "*");
        for (int i = 0; i < all.getLength(); i++) {
            Element element = (Element) all.item(i);
            if (element.hasAttributeNS(null, "ID")) {
                element.setIdAttributeNS(null, "ID", true);
                if (element.getAttributeNS(null, "ID").equals(job[2])) {
                    target = element;
                }
            }
        }
        X509Certificate certificate;
        try (FileInputStream input = new FileInputStream(job[4])) {
            certificate = (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(input);
        }
        XMLSignatureFactory signatures = XMLSignatureFactory.getInstance("DOM");
        List<Transform> transforms = new ArrayList<>();
        for (String uri : job[8].split(",")) {
            boolean listed = uri.startsWith(EXC) && !job[9].equals("-");
            TransformParameterSpec prefixes = listed ? new ExcC14NParameterSpec(Arrays.asList(job[9].split(" "))) : null;
            transforms.add(signatures.newTransform(uri, prefixes));
        }
        Reference reference =
            signatures.newReference("#" + job[2], signatures.newDigestMethod(job[6], null), transforms, null, null);
        // The method may end in `:HASH:SALT`, the parameters of RSA-PSS.
        String[] method = job[5].split(":(?=SHA|[0-9]+$)");
        SignatureMethodParameterSpec parameters = method.length < 3 ? null
            : new RSAPSSParameterSpec(new PSSParameterSpec(
                method[1], "MGF1", new MGF1ParameterSpec(method[1]), Integer.parseInt(method[2]), PSSParameterSpec.TRAILER_FIELD_BC));
        SignedInfo info = signatures.newSignedInfo(
            signatures.newCanonicalizationMethod(job[7], (C14NMethodParameterSpec) null),
            signatures.newSignatureMethod(method[0], parameters),
            List.of(reference));
        KeyInfoFactory infos = signatures.getKeyInfoFactory();
        List<XMLStructure> said = new ArrayList<>();
        if (job[10].contains("keyvalue")) {
            said.add(infos.newKeyValue(certificate.getPublicKey()));
        }
        if (job[10].contains("x509")) {
            said.add(infos.newX509Data(List.of(certificate.getSubjectX500Principal().getName(), certificate)));
        }
        KeyInfo keyInfo = said.isEmpty() ? null : infos.newKeyInfo(said);
        Node issuer = target.getElementsByTagNameNS("*", "Issuer").item(0);
        DOMSignContext context = new DOMSignContext(key(job[3], certificate.getPublicKey().getAlgorithm()), target, issuer.getNextSibling());
        if (!job[11].equals("-")) {
            context.setDefaultNamespacePrefix(job[11]);
        }
        signatures.newXMLSignature(info, keyInfo).sign(context);
        TransformerFactory.newInstance().newTransformer().transform(new DOMSource(document), new StreamResult(new File(job[1])));
    }

    private static PrivateKey key(String file, String algorithm) throws Exception {
        String pem = Files.readString(Path.of(file)).replaceAll("-----[A-Z ]+-----|\\s", "");
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
    }
}

import eu.europa.esig.dss.diagnostic.SignatureWrapper;
import eu.europa.esig.dss.model.FileDocument;
import eu.europa.esig.dss.simplereport.SimpleReport;
import eu.europa.esig.dss.spi.DSSUtils;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.validation.SignedDocumentValidator;
import eu.europa.esig.dss.validation.reports.Reports;
import java.io.File;
import java.util.Arrays;
import java.util.List;

/**
 * java Validate root.der… -- file.pdf…: one line of JSON per file, as EU DSS judges it under its own default policy with
 * the given roots trusted. Nothing is fetched from a network. A file that DSS cannot read says so in its line.
 */
public class Validate {
  public static void main(String[] words) throws Exception {
    List<String> all = Arrays.asList(words);
    int end = all.indexOf("--");
    CommonTrustedCertificateSource trusted = new CommonTrustedCertificateSource();
    for (String root : all.subList(0, end)) {
      trusted.addCertificate(DSSUtils.loadCertificate(new File(root)));
    }
    for (String file : all.subList(end + 1, all.size())) {
      System.out.println(judge(trusted, file));
    }
  }

  static String judge(CommonTrustedCertificateSource trusted, String file) {
    String name = "{\"file\":\"" + file + "\"";
    try {
      CommonCertificateVerifier verifier = new CommonCertificateVerifier();
      verifier.setTrustedCertSources(trusted);
      SignedDocumentValidator validator = SignedDocumentValidator.fromDocument(new FileDocument(file));
      validator.setCertificateVerifier(verifier);
      Reports reports = validator.validateDocument();
      if (System.getenv("DSS_DETAILS") != null) System.err.println(reports.getXmlSimpleReport());
      SimpleReport report = reports.getSimpleReport();
      String id = report.getFirstSignatureId();
      if (id == null) return name + ",\"indication\":\"NO_SIGNATURE\"}";
      SignatureWrapper signature = reports.getDiagnosticData().getSignatureById(id);
      boolean changed =
          signature.arePdfObjectModificationsDetected() && !signature.getPdfUndefinedChanges().isEmpty();
      return name
          + ",\"indication\":\"" + report.getIndication(id) + "\""
          + ",\"subIndication\":\"" + report.getSubIndication(id) + "\""
          + ",\"level\":\"" + report.getSignatureFormat(id) + "\""
          + ",\"objectsChanged\":" + changed + "}";
    } catch (Throwable problem) {
      if (System.getenv("DSS_DETAILS") != null) problem.printStackTrace();
      return name + ",\"indication\":\"UNREADABLE\",\"subIndication\":\"" + problem.getClass().getSimpleName() + "\"}";
    }
  }
}

#include <gtest/gtest.h>

#include "tests/unit/asic/authority.h"
#include "tests/unit/asic/containers.h"

namespace heyan::court_adapters::asic {
namespace {

using namespace testing;  // NOLINT(google-build-using-namespace): the fixture of this folder

const std::string kContent = "the contract";

class XadesTest : public ::testing::Test {
 protected:
  XadesTest() { xades_.references = {Xades::reference("contract.txt", kContent)}; }

  Zip zip(const std::string& signatures) const {
    return {extended(), file_of("contract.txt", kContent),
            file_of("META-INF/signatures.xml", signatures)};
  }
  Assessment assessment() const { return assessed(zip(xades_.file())); }
  // What is wrong, besides what that leaves uncovered.
  Codes wrong() const {
    Codes found = codes(assessment());
    found.erase("not-covered");
    return found;
  }

  Signer signer_{"Court clerk"};
  Signer other_{"Somebody"};
  Xades xades_{signer_};
};

TEST_F(XadesTest, IsIntact) {
  const Assessment found = assessment();
  EXPECT_EQ(found.result, Result::kIntact);
  EXPECT_EQ(found.form, Form::kExtendedXades);
  ASSERT_EQ(found.signatures.size(), 1u);
  EXPECT_TRUE(found.signatures[0].signature.certificate == signer_.certificate);
  EXPECT_FALSE(found.signatures[0].trusted);
}

TEST_F(XadesTest, AnAnchorMakesItTrusted) {
  const core::Bytes bytes = build_zip(zip(xades_.file()));
  EXPECT_TRUE(assessed(bytes, std::array{signer_.certificate}).signatures[0].trusted);
  EXPECT_FALSE(assessed(bytes, std::array{other_.certificate}).signatures[0].trusted);
}

TEST_F(XadesTest, AFileOfOtherBytesIsNotCovered) {
  Zip changed = zip(xades_.file());
  changed[1].content += "!";
  const Assessment found = assessed(changed);
  EXPECT_EQ(found.result, Result::kInvalid);
  EXPECT_EQ(codes(found), (Codes{"digest-mismatch", "not-covered"}));
}

TEST_F(XadesTest, AFileThatIsNotReferredToIsListed) {
  Zip more = zip(xades_.file());
  more.push_back(file_of("more.txt", "x"));
  more.push_back(file_of("META-INF/hidden.pdf", "x"));
  const Assessment found = assessed(more);
  EXPECT_EQ(found.result, Result::kPartial);
  EXPECT_EQ(codes(found), Codes{"not-covered"});
  EXPECT_EQ(std::ranges::count(found.objects, false, &Object::covered), 2);
}

TEST_F(XadesTest, AnotherCertificateInPlaceOfTheSignersIsSubstitution) {
  xades_.by = &other_;  // signs, and names the clerk
  xades_.sent = {&other_};
  EXPECT_EQ(wrong(), Codes{"key-substitution"});
  xades_.sent = {&signer_, &other_};
  EXPECT_EQ(wrong(), Codes{"key-substitution"});
  xades_.sent = {&signer_};
  EXPECT_EQ(wrong(), Codes{"signature-invalid"});
}

// Nobody is accused before another's key was seen to verify the value.
TEST_F(XadesTest, ACertificateThatIsMissingIsNoSubstitution) {
  xades_.sent = {&other_};
  EXPECT_EQ(wrong(), Codes{"certificate-missing"});
  xades_.sent = {};
  EXPECT_EQ(wrong(), Codes{"certificate-missing"});
}

TEST_F(XadesTest, ACertificateThatCannotBeReadIsNoSubstitution) {
  const std::string own = core::to_base64(signer_.certificate.der());
  xades_.sent = {&signer_, &other_};
  xades_.changed_from = own;
  xades_.changed_to = "AAAA" + own.substr(4);
  EXPECT_EQ(wrong(), Codes{"certificate-missing"});
}

TEST_F(XadesTest, ADigestOfTheCertificateByAnUnknownMethodIsNotSupported) {
  xades_.named_hash = "http://www.w3.org/2001/04/xmldsig-more#sha224";
  EXPECT_EQ(wrong(), Codes{"signature-unsupported"});
  xades_.by = &other_;
  xades_.sent = {&other_};
  EXPECT_EQ(wrong(), Codes{"signature-unsupported"});
}

TEST_F(XadesTest, ABareKeyBesideAMissingCertificateIsNoSubstitution) {
  Authority tool;
  xades_.method = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
  xades_.sign_with = [&](const std::string& info) { return tool.rsa_sign(info); };
  xades_.key_value = "<ds:KeyValue><ds:RSAKeyValue><ds:Modulus>" +
                     core::to_base64(tool.rsa_modulus()) +
                     "</ds:Modulus><ds:Exponent>AQAB</ds:Exponent></ds:RSAKeyValue></ds:KeyValue>";
  xades_.sent = {&other_};
  EXPECT_EQ(wrong(), Codes{"certificate-missing"});
}

// A signature counts as a whole: what it covers besides is not covered by it.
TEST_F(XadesTest, AFileBesideAChangedOneIsNotCovered) {
  xades_.references.push_back(Xades::reference("other.txt", "as it was"));
  Zip two = zip(xades_.file());
  two.push_back(file_of("other.txt", "changed"));
  const Assessment found = assessed(two);
  EXPECT_EQ(std::ranges::count(found.objects, true, &Object::covered), 0);
  EXPECT_EQ(std::ranges::count(found.faults, Code::kNotCovered, &Fault::code), 2);
  EXPECT_EQ(found.objects[0].signed_digests.size(), 1u);
}

// The clerk's certificate is there, and the signature is of a bare key beside it.
TEST_F(XadesTest, ABareKeyInPlaceOfTheSignersIsSubstitution) {
  Authority tool;
  const core::Bytes modulus = tool.rsa_modulus();
  ASSERT_EQ(modulus.size(), 256u);
  const auto value_of = [](const core::Bytes& number) {
    return "<ds:KeyValue><ds:RSAKeyValue><ds:Modulus>" + core::to_base64(number) +
           "</ds:Modulus><ds:Exponent>AQAB</ds:Exponent></ds:RSAKeyValue></ds:KeyValue>";
  };
  xades_.method = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
  xades_.sign_with = [&](const std::string& info) { return tool.rsa_sign(info); };
  xades_.key_value = value_of(modulus);
  EXPECT_EQ(wrong(), Codes{"key-substitution"});
  core::Bytes other = modulus;
  other[100] ^= 1;
  xades_.key_value = value_of(other);
  EXPECT_EQ(wrong(), Codes{"signature-unsupported"});  // RSA, by a certificate of another kind
  xades_.key_value = value_of({});
  EXPECT_EQ(wrong(), Codes{"signature-unsupported"});
}

TEST_F(XadesTest, WithoutSigningCertificateItCountsForNobody) {
  xades_.named = nullptr;
  EXPECT_EQ(wrong(), Codes{"signer-unbound"});
}

TEST_F(XadesTest, WhatIsSignedMayNotChange) {
  for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{
           {"URI=\"contract.txt\"", "URI=\"mimetype\""},
           {"<ds:SignatureValue>", "<ds:SignatureValue>AAAA"},
           {"<xades:SignedSignatureProperties>", "<xades:SignedSignatureProperties> "},
           {"<ds:SignedInfo ", "<ds:SignedInfo Id=\"x\" "}}) {
    xades_.changed_from = from;
    xades_.changed_to = to;
    const Assessment found = assessment();
    EXPECT_EQ(found.result, Result::kInvalid) << from;
    EXPECT_FALSE(found.objects[0].covered()) << from;
  }
}

// Wrapping: the reference must lead to this signature's own properties, and to nothing else.
TEST_F(XadesTest, AnIdentifierThatStandsTwiceLeadsNowhere) {
  for (const std::string attribute : {"Id", "ID", "id", "xml:id"}) {
    xades_.more_objects = "<ds:Object " + attribute + "=\"SP\"></ds:Object>";
    EXPECT_EQ(wrong(), Codes{"signature-unsupported"}) << attribute;
  }
}

TEST_F(XadesTest, ItsPropertiesAreItsOwn) {
  // The same properties in another place: a reader by identifier would take them.
  const std::string own = xades_.properties();
  xades_.more_objects = "<ds:Object>" + own + "</ds:Object>";
  xades_.changed_from = own;
  xades_.changed_to = own;
  xades_.changed_to.replace(xades_.changed_to.find("\"SP\""), 4, "\"X\"");
  EXPECT_EQ(wrong(), Codes{"signature-unsupported"});
}

TEST_F(XadesTest, TwoSetsOfPropertiesAreRefused) {
  xades_.more_objects =
      "<ds:Object><xades:QualifyingProperties xmlns:xades=\"http://uri.etsi.org/01903/v1.3.2#\">" +
      xades_.properties() + "</xades:QualifyingProperties></ds:Object>";
  EXPECT_EQ(wrong(), Codes{"signature-unsupported"});
}

TEST_F(XadesTest, ExactlyOneReferenceLeadsToThem) {
  xades_.properties_references = 0;
  EXPECT_EQ(wrong(), Codes{"signer-unbound"});
  xades_.properties_references = 2;
  EXPECT_EQ(wrong(), Codes{"signature-unsupported"});
  xades_.properties_references = 1;
  xades_.properties_address = "#S";
  EXPECT_EQ(wrong(), Codes{"signature-unsupported"});
  xades_.properties_address = "#SP";
  xades_.properties_type.clear();
  EXPECT_EQ(wrong(), Codes{"signature-unsupported"});
}

TEST_F(XadesTest, OnlyListedAlgorithmsCount) {
  const auto with = [&](auto change) {
    Xades changed = xades_;
    change(changed);
    Codes found = codes(assessed(zip(changed.file())));
    found.erase("not-covered");
    return found;
  };
  const Codes unsupported = {"signature-unsupported"};
  EXPECT_EQ(with([](Xades& x) { x.method = "http://www.w3.org/2000/09/xmldsig#hmac-sha1"; }),
            unsupported);
  EXPECT_EQ(with([](Xades& x) { x.method = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"; }),
            unsupported);
  EXPECT_EQ(with([](Xades& x) { x.method.clear(); }), unsupported);
  EXPECT_EQ(with([](Xades& x) { x.canonicalisation = "http://example/c14n"; }), unsupported);
  EXPECT_EQ(with([](Xades& x) { x.transform = "http://www.w3.org/TR/1999/REC-xslt-19991116"; }),
            unsupported);
  EXPECT_EQ(with([](Xades& x) {
              x.references = {Xades::reference("contract.txt", kContent,
                                               "http://www.w3.org/2000/09/xmldsig#sha1")};
            }),
            unsupported);
  EXPECT_EQ(with([](Xades& x) {
              x.references = {Xades::reference("contract.txt", kContent, kSha256,
                                               Xades::transforms(kExclusive))};
            }),
            unsupported);
}

TEST_F(XadesTest, AddressesLeadToEntriesOnly) {
  for (const std::string address : {"/contract.txt", "../contract.txt", "./contract.txt",
                                    "http://x/contract.txt", "file:contract.txt", "contract.txt?a",
                                    "contract.txt#a", "contract%2etxt%", "CONTRACT.TXT", ""}) {
    xades_.references = {Xades::reference(address, kContent)};
    EXPECT_EQ(wrong(), Codes{"object-missing"}) << address;
  }
  xades_.references = {Xades::reference("contrac%74.txt", kContent)};
  EXPECT_EQ(assessment().result, Result::kIntact);
}

TEST_F(XadesTest, ChineseNamesArePercentEncoded) {
  xades_.references = {Xades::reference("%E5%88%A4%E5%86%B3/%E4%B9%A6.pdf", kContent)};
  const Zip judgment = {extended(), file_of("判决/书.pdf", kContent),
                        file_of("META-INF/signatures1.xml", xades_.file())};
  EXPECT_EQ(assessed(judgment).result, Result::kIntact);
}

TEST_F(XadesTest, SeveralSignaturesAreJudgedEachByItself) {
  Xades second(other_);
  second.references = xades_.references;
  second.properties_id = "SP2";
  second.properties_address = "#SP2";
  const auto both = [&](const std::string& last) {
    return assessed(zip(Xades::file_of(xades_.signature() + last)));
  };
  EXPECT_EQ(both(second.signature()).result, Result::kIntact);
  EXPECT_EQ(both(second.signature()).signatures.size(), 2u);
  second.by = &signer_;
  const Assessment found = both(second.signature());
  EXPECT_EQ(found.result, Result::kInvalid);
  EXPECT_TRUE(found.signatures[0].intact);
  EXPECT_FALSE(found.signatures[1].intact);
  EXPECT_EQ(both(xades_.signature()).result, Result::kInvalid);  // one identifier twice
}

TEST_F(XadesTest, WhatIsNoSuchFileIsUnreadable) {
  for (const std::string& xml :
       std::vector<std::string>{std::string(), std::string("<a/>"), "<!DOCTYPE x>" + xades_.file(),
                                Xades::file_of("<other/>"), xades_.file() + "x",
                                "<XAdESSignatures>" + xades_.signature() + "</XAdESSignatures>"}) {
    EXPECT_EQ(codes(assessed(zip(xml))),
              (Codes{"signature-unreadable", "not-covered", "no-signature"}))
        << xml.substr(0, 60);
  }
  EXPECT_EQ(codes(assessed(zip(Xades::file_of("")))), (Codes{"not-covered", "no-signature"}));
}

TEST_F(XadesTest, WorkIsBounded) {
  std::string many;
  for (int i = 0; i < 33; ++i) many += "<ds:Signature xmlns:ds=\"" + std::string(kDs) + "\"/>";
  EXPECT_TRUE(codes(assessed(zip(Xades::file_of(many)))).contains("signature-unreadable"));
  std::string deep;
  for (int i = 0; i < 100; ++i) deep += "<a>";
  EXPECT_TRUE(codes(assessed(zip(Xades::file_of(deep)))).contains("signature-unreadable"));
}

// Making XML canonical goes through every element, and at each through the namespaces.
TEST_F(XadesTest, NamespacesAndElementsAreBounded) {
  const auto with = [&](std::size_t namespaces, std::size_t elements) {
    std::string root;
    for (std::size_t i = 0; i < namespaces; ++i) {
      root += " xmlns:n" + std::to_string(i) + "=\"u:" + std::to_string(i) + "\"";
    }
    xades_.more_objects = "<ds:Object><e" + root + ">";
    for (std::size_t i = 0; i < elements; ++i) xades_.more_objects += "<e/>";
    xades_.more_objects += "</e></ds:Object>";
    return wrong();
  };
  EXPECT_EQ(with(50, 9'000), Codes{});
  EXPECT_TRUE(with(64, 1).contains("signature-unreadable"));
  EXPECT_TRUE(with(0, 10'000).contains("signature-unreadable"));
}

TEST_F(XadesTest, TheWorkOfAContainerIsBounded) {
  xades_.more_objects = "<ds:Object>";
  for (int i = 0; i < 9'000; ++i) xades_.more_objects += "<e/>";
  xades_.more_objects += "</ds:Object>";
  Zip many = zip(xades_.file());
  for (int i = 0; i < 7; ++i) {
    many.push_back(file_of("META-INF/signatures" + std::to_string(i) + ".xml", xades_.file()));
  }
  EXPECT_EQ(codes(assessed(many)), Codes{});
  many.push_back(file_of("META-INF/signatures-more.xml", xades_.file()));
  many.push_back(file_of("META-INF/signatures-yet-more.xml", xades_.file()));
  EXPECT_EQ(codes(assessed(many)), Codes{"undecided"});
}

TEST_F(XadesTest, InclusivePrefixesAreBounded) {
  const auto with = [&](int count) {
    std::string list;
    for (int i = 0; i < count; ++i) list += (i == 0 ? "p" : " p") + std::to_string(i);
    xades_.prefixes = "<InclusiveNamespaces xmlns=\"" + std::string(kExclusive) +
                      "\" PrefixList=\"" + list + "\"></InclusiveNamespaces>";
    return wrong();
  };
  EXPECT_EQ(with(16), Codes{});
  EXPECT_EQ(with(17), Codes{"signature-unsupported"});
}

}  // namespace
}  // namespace heyan::court_adapters::asic

// XML as other programs read it: a parser, an evaluator of XPath and a validator of libxml2, which
// our own code never lets near a report.
#pragma once

#include <libxml/catalog.h>
#include <libxml/parser.h>
#include <libxml/xmlschemas.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

#include <memory>
#include <string>
#include <vector>

namespace heyan::xml {

inline const xmlChar* chars(const std::string& text) {
  return reinterpret_cast<const xmlChar*>(text.c_str());
}

struct Free {
  void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
  void operator()(xmlXPathContext* context) const { xmlXPathFreeContext(context); }
  void operator()(xmlXPathObject* object) const { xmlXPathFreeObject(object); }
  void operator()(xmlSchema* schema) const { xmlSchemaFree(schema); }
};

class Document {
 public:
  explicit Document(const std::string& text)
      : document_(xmlReadMemory(text.data(), static_cast<int>(text.size()), "report.xml", nullptr,
                                XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING)) {
    if (document_) context_.reset(xmlXPathNewContext(document_.get()));
    for (const auto& [prefix, address] : {std::pair{"vr", "http://uri.etsi.org/19102/v1.4.1#"},
                                          {"ds", "http://www.w3.org/2000/09/xmldsig#"},
                                          {"xades", "http://uri.etsi.org/01903/v1.3.2#"},
                                          {"tsl", "http://uri.etsi.org/02231/v2#"},
                                          {"hy", "urn:heyan:report:1"}}) {
      if (context_) xmlXPathRegisterNs(context_.get(), chars(prefix), chars(address));
    }
  }
  bool is_well_formed() const { return document_ != nullptr; }
  xmlDoc* get() const { return document_.get(); }

  // The text of each node that an XPath finds.
  std::vector<std::string> all(const std::string& path) const {
    std::vector<std::string> found;
    const std::unique_ptr<xmlXPathObject, Free> result(
        xmlXPathEvalExpression(chars(path), context_.get()));
    if (!result || result->nodesetval == nullptr) return found;
    for (int i = 0; i < result->nodesetval->nodeNr; ++i) {
      xmlChar* const text = xmlNodeGetContent(result->nodesetval->nodeTab[i]);
      found.emplace_back(reinterpret_cast<const char*>(text));
      xmlFree(text);
    }
    return found;
  }
  std::string one(const std::string& path) const {
    const auto found = all(path);
    return found.size() == 1 ? found.front() : std::to_string(found.size()) + " of " + path;
  }
  std::size_t count(const std::string& path) const { return all(path).size(); }

 private:
  std::unique_ptr<xmlDoc, Free> document_;
  std::unique_ptr<xmlXPathContext, Free> context_;
};

// The schema of ETSI TS 119 102-2, read from tests/vectors/etsi-report alone.
class Schema {
 public:
  Schema() {
    const std::string folder = HEYAN_VECTORS "/etsi-report/";
    xmlInitializeCatalog();
    xmlLoadCatalog((folder + "catalog.xml").c_str());
    const auto before = xmlGetExternalEntityLoader();
    xmlSetExternalEntityLoader(xmlNoNetExternalEntityLoader);
    xmlSchemaParserCtxt* const parser = xmlSchemaNewParserCtxt((folder + "vr141.xsd").c_str());
    xmlSchemaSetParserStructuredErrors(parser, [](void*, auto*) {}, nullptr);
    schema_.reset(xmlSchemaParse(parser));
    xmlSchemaFreeParserCtxt(parser);
    xmlSetExternalEntityLoader(before);
  }
  bool is_read() const { return schema_ != nullptr; }

  // Empty, or what is not as the schema says.
  std::string faults(const Document& document) const {
    if (!document.is_well_formed()) return "not well-formed";
    std::string told;
    xmlSchemaValidCtxt* const context = xmlSchemaNewValidCtxt(schema_.get());
    xmlSchemaSetValidStructuredErrors(
        context, [](void* to, auto* error) { *static_cast<std::string*>(to) += error->message; },
        &told);
    const int status = xmlSchemaValidateDoc(context, document.get());
    xmlSchemaFreeValidCtxt(context);
    return status == 0 ? told : "invalid: " + told;
  }

 private:
  std::unique_ptr<xmlSchema, Free> schema_;
};

}  // namespace heyan::xml

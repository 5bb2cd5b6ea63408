// The PDF library's headers, for the sources of this folder that use it.
//
// Its JSON.hh is left out, and JSON only named: as C++20 or later, clang refuses a class that holds
// a vector of itself and has a defaulted virtual destructor. Nothing here uses that JSON.
#pragma once

#define JSON_HH
class JSON;

#include <qpdf/Buffer.hh>
#include <qpdf/Pl_Buffer.hh>
#include <qpdf/Pl_Flate.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFEFStreamObjectHelper.hh>
#include <qpdf/QPDFEmbeddedFileDocumentHelper.hh>
#include <qpdf/QPDFFileSpecObjectHelper.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFWriter.hh>

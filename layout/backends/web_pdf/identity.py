"""What the file says it is: PDF/UA-1 and PDF/A-2a, in sRGB."""

from html import escape
from typing import Final
from uuid import UUID

from layout.backends.pdf.file import PressFile
from layout.backends.pdf.identity import PRODUCER, Identity
from layout.house.srgb import srgb_profile


def srgb_intent(file: PressFile) -> bytes:
    """The catalog's output intent: all colours are sRGB (ISO 19005-2, 6.2.3)."""
    profile = file.add_stream(b"/N 3", srgb_profile())
    intent = file.add(
        b"<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB IEC61966-2.1)"
        b" /Info (sRGB IEC61966-2.1) /DestOutputProfile %s >>" % profile
    )
    return b"/OutputIntents [%s]" % intent


def web_xmp(identity: Identity, fingerprint: bytes) -> bytes:
    """The metadata packet, saying what Info says (ISO 19005-2, 6.6; ISO 14289-1, 5).

    PDF/A does not know the property of PDF/UA: its schema is described in the packet.
    """
    author = escape(identity.author, quote=False)
    return PACKET.format(
        title=escape(identity.title, quote=False),
        creator=CREATOR.format(author=author) if author else "",
        language=escape(identity.language, quote=False),
        moment=f"{identity.day.isoformat()}T00:00:00+09:00",
        producer=PRODUCER,
        unique=UUID(bytes=fingerprint, version=4),
    ).encode("utf-8", "replace")


CREATOR: Final = "\n   <dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>"

PACKET: Final = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
    xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
    xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
    xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
    xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
    xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
    xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
   <dc:format>application/pdf</dc:format>
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>{creator}
   <dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
   <xmp:CreatorTool>{producer}</xmp:CreatorTool>
   <xmp:CreateDate>{moment}</xmp:CreateDate>
   <xmp:ModifyDate>{moment}</xmp:ModifyDate>
   <xmp:MetadataDate>{moment}</xmp:MetadataDate>
   <pdf:Producer>{producer}</pdf:Producer>
   <pdf:Trapped>False</pdf:Trapped>
   <pdfaid:part>2</pdfaid:part>
   <pdfaid:conformance>A</pdfaid:conformance>
   <pdfuaid:part>1</pdfuaid:part>
   <xmpMM:DocumentID>uuid:{unique}</xmpMM:DocumentID>
   <xmpMM:InstanceID>uuid:{unique}</xmpMM:InstanceID>
   <pdfaExtension:schemas>
    <rdf:Bag>
     <rdf:li rdf:parseType="Resource">
      <pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
      <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
      <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
      <pdfaSchema:property>
       <rdf:Seq>
        <rdf:li rdf:parseType="Resource">
         <pdfaProperty:name>part</pdfaProperty:name>
         <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
         <pdfaProperty:category>internal</pdfaProperty:category>
         <pdfaProperty:description>Part of ISO 14289 the file conforms to</pdfaProperty:description>
        </rdf:li>
       </rdf:Seq>
      </pdfaSchema:property>
     </rdf:li>
    </rdf:Bag>
   </pdfaExtension:schemas>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>
"""

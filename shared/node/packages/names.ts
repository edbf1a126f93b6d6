export const metsNamespace = 'http://www.loc.gov/METS/';
export const csipNamespace = 'https://DILCIS.eu/XML/METS/CSIPExtensionMETS';
export const xlinkNamespace = 'http://www.w3.org/1999/xlink';
export const schemaInstance = 'http://www.w3.org/2001/XMLSchema-instance';
/** PREMIS 3. The schema that goes with the circular is a placeholder in a namespace of its own. */
export const premisNamespace = 'http://www.loc.gov/premis/v3';

/** E-ARK CSIP 2.0.4, as TT 05/2025/TT-BNV names it. */
export const csipProfile = 'https://earkcsip.dilcis.eu/profile/E-ARK-CSIP.xml';

export const representation = 'rep1';

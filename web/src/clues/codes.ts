// Codes of domain specification 2.1 and 2.2; their names are in the word files.
export const risks = ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12', '13', '14', '15', '99'] as const
export const sources = ['self_report', 'grassroots_check', 'department_screening', 'other'] as const
export const tellers = ['self', 'kin', 'neighbour', 'officer', 'department', 'other'] as const

/** A key for a form: sent twice, it is received once. */
export const freshKey = () => crypto.randomUUID()

/** Addresses of the administrator's pages. */
export const personAdminPath = '/quan-tri/nguoi-dung/:id?';
export const unitAdminPath = '/quan-tri/don-vi/:id?';
export const agencyAdminPath = '/quan-tri/co-quan/:id?';
export const proofAdminPath = '/quan-tri/gia-tri-chung-minh';
export const deviceAdminPath = '/quan-tri/may-lam-viec';
export const identityAdminPath = '/quan-tri/dang-nhap';
export const trustAdminPath = '/quan-tri/noi-tin-cay';
export const certificateAdminPath = '/quan-tri/cap-chung-thu/:id?';
export const connectionAdminPath = '/quan-tri/ket-noi';

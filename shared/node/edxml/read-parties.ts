import type { Party, Reference, Staff } from '#shared/exchange/public.ts';
import { neededText, type Fields } from './fields.ts';
import { readDay } from './read-values.ts';

export function readParty(fields: Fields): Party {
  const party = {
    code: neededText(fields, 'OrganId'),
    inCharge: fields.text('OrganizationInCharge'),
    name: fields.text('OrganName'),
    address: fields.text('OrganAdd'),
    email: fields.text('Email'),
    telephone: fields.text('Telephone'),
    fax: fields.text('Fax'),
    website: fields.text('Website'),
  };
  fields.tellUnknown();
  return party;
}

/** Null where nothing is said: some writers leave the empty form of it in every message. */
export function readStaff(fields: Fields | null): Staff | null {
  if (fields === null) return null;
  const staff = {
    department: fields.text('Department'),
    departmentCode: fields.text('DepartmentId'),
    name: fields.text('Staff'),
    nameCode: fields.text('StaffId'),
    email: fields.text('Email'),
    mobile: fields.text('Mobile'),
  };
  fields.tellUnknown();
  return saysNothing(staff) ? null : staff;
}

export function readReference(fields: Fields): Reference | null {
  const reference = {
    agency: fields.text('OrganId'),
    notation: fields.text('Code'),
    on: fields.value('PromulgationDate', readDay, 'bad-date'),
    documentId: fields.text('DocumentId'),
  };
  fields.tellUnknown();
  return saysNothing(reference) ? null : reference;
}

function saysNothing(values: Readonly<Record<string, unknown>>): boolean {
  return Object.values(values).every((value) => value === null);
}

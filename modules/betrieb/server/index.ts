/** Nothing stands below »betrieb«: no other module needs anything of it. */
export {};
